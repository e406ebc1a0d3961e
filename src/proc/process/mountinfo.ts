import { readProcessTextIfReadable } from './process-file.ts';
import type { ProcessPlace } from './process-place.ts';

/**
 * Minor numbers of the mounted file systems without a block device (major 0), as the process sees
 * them; empty if its mountinfo cannot be read. Source: proc_pid_mountinfo(5).
 */
function mountedMinors({ root, directory }: ProcessPlace): ReadonlySet<number> {
  const lines = readProcessTextIfReadable(root, directory, 'mountinfo')?.split('\n') ?? [];
  return new Set(
    lines.flatMap((line) => {
      const device = /^\d+ \d+ 0:(\d+) /.exec(line);
      return device === null ? [] : [Number(device[1])];
    }),
  );
}

/**
 * Returns a function that says whether a device holds System V shared memory segments. It reads
 * mountinfo on its first use, and only once.
 *
 * The kernel keeps segments on an internal file system that is mounted nowhere. pmap creates a
 * segment on each run to learn the number of that device. Here, every device with major 0 that is not
 * mounted counts; this includes the device of segments of huge pages.
 */
export function sharedMemoryDevices(
  place: ProcessPlace,
): (major: number, minor: number) => boolean {
  let mounted: ReadonlySet<number> | undefined;
  return (major, minor) => {
    if (major !== 0) return false;
    mounted ??= mountedMinors(place);
    return !mounted.has(minor);
  };
}
