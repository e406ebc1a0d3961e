import type { ByteString } from '../../model/byte-string.ts';
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
    // The kernel numbers file systems without a device from 1.
    if (minor === 0) return true;
    mounted ??= mountedMinors(place);
    return !mounted.has(minor);
  };
}

/**
 * The device, `major:minor` in decimal, of the mount that a path is on as the process sees it; undefined
 * if mountinfo cannot be read. Of several mounts at one point the last one counts.
 */
export function mountDevice(
  { root, directory }: ProcessPlace,
  path: ByteString,
): string | undefined {
  let found: { readonly point: string; readonly device: string } | undefined;
  for (const line of readProcessTextIfReadable(root, directory, 'mountinfo')?.split('\n') ?? []) {
    const [, device = '', escaped = ''] = /^\d+ \d+ (\d+:\d+) \S+ (\S+) /.exec(line) ?? [];
    const point = escaped.replace(/\\([0-7]{3})/g, (_, octal) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const isAbove = point === '/' || path === point || path.startsWith(`${point}/`);
    if (device !== '' && isAbove && point.length >= (found?.point.length ?? 0)) {
      found = { point, device };
    }
  }
  return found?.device;
}
