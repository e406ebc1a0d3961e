import { readProcessTextIfReadable } from './process-file.ts';

/**
 * The minor numbers of the mounted file systems that have no block device (major 0), as a process
 * sees them; empty where its mountinfo cannot be read. Source: proc_pid_mountinfo(5).
 */
function mountedMinors(root: string, pid: number): ReadonlySet<number> {
  const lines = readProcessTextIfReadable(root, pid, 'mountinfo')?.split('\n') ?? [];
  return new Set(
    lines.flatMap((line) => {
      const device = /^\d+ \d+ 0:(\d+) /.exec(line);
      return device === null ? [] : [Number(device[1])];
    }),
  );
}

/**
 * Tells devices that hold System V segments from others, reading mountinfo at most once.
 *
 * The kernel keeps segments on a file system of its own that is mounted nowhere. pmap makes a
 * segment in every run to learn that device's number; here it is enough that the device is none of
 * those that are mounted. Segments of huge pages, on another such device, are told as well.
 */
export function sharedMemoryDevices(
  root: string,
  pid: number,
): (major: number, minor: number) => boolean {
  let mounted: ReadonlySet<number> | undefined;
  return (major, minor) => {
    if (major !== 0) return false;
    mounted ??= mountedMinors(root, pid);
    return !mounted.has(minor);
  };
}
