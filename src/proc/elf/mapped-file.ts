import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { MappedFile } from '../../model/kind-evidence.ts';
import { mountDevice } from '../process/mountinfo.ts';
import { type ProcessPlace, placePath } from '../process/process-place.ts';
import type { ReadAt } from './program-headers.ts';

/** O_PATH of open(2), which Node does not name; the same on all machines that Node runs on. */
const O_PATH = 0o10000000;
const AS_PLACE = O_PATH | constants.O_NOFOLLOW;
const AS_DIRECTORY = AS_PLACE | constants.O_DIRECTORY;

/**
 * What `use` makes of a mapped file; undefined if the file cannot be read or is another by now.
 *
 * The path is walked below /proc/PID/root, directory by directory and without following any symbolic
 * link, so that it cannot lead out of there: the kernel's name of a mapped file has none. Nothing but a
 * regular file with the inode and the device of the mapping is opened, and nothing waits. If the path
 * leads nowhere, as that of a deleted file, the program itself is at hand as `exe`, and root can take
 * map_files. The kernel writes a newline as `\\012`, and a backslash as it is.
 */
export function readMappedFile<T>(
  place: ProcessPlace,
  file: MappedFile,
  use: (readAt: ReadAt) => T | undefined,
): T | undefined {
  const names = new Set([file.name, file.name.replaceAll('\\012', '\n')]);
  const ways = [
    ...[...names].map((name) => () => walk(place, name)),
    () => openSync(placePath(place, 'exe'), O_PATH),
    () => openSync(mapFile(place, file), O_PATH),
  ];
  for (const open of ways) {
    const made = useIfSame(place, file, use, open);
    if (made !== undefined) return made;
  }
  return undefined;
}

function useIfSame<T>(
  place: ProcessPlace,
  file: MappedFile,
  use: (readAt: ReadAt) => T | undefined,
  open: () => number,
): T | undefined {
  try {
    return using(open(), (fd) => {
      if (!isSameFile(place, file, fd)) return undefined;
      return using(openSync(throughFd(fd), constants.O_RDONLY | constants.O_NONBLOCK), (opened) => {
        return use((position, length) => {
          const bytes = Buffer.alloc(length);
          return bytes.subarray(0, readSync(opened, bytes, 0, length, position));
        });
      });
    });
  } catch {
    return undefined;
  }
}

function isSameFile(place: ProcessPlace, file: MappedFile, fd: number): boolean {
  const stat = fstatSync(fd, { bigint: true });
  if (!stat.isFile() || stat.ino.toString() !== file.inode) return false;
  const { deviceMajor, deviceMinor } = file;
  if (majorOf(stat.dev) === deviceMajor && minorOf(stat.dev) === deviceMinor) return true;
  // btrfs and overlayfs give stat(2) another device than maps.
  return mountDevice(place, file.name) === `${deviceMajor}:${deviceMinor}`;
}

/** A descriptor of the file as a place, to be closed. @throws Error of open(2). */
function walk(place: ProcessPlace, name: string): number {
  const parts = name.split('/').slice(1);
  if (!name.startsWith('/') || parts.some((part) => part === '' || part === '..')) {
    throw new Error('no path');
  }
  let fd = openSync(placePath(place, 'root'), O_PATH | constants.O_DIRECTORY);
  for (const [index, part] of parts.entries()) {
    const flags = index < parts.length - 1 ? AS_DIRECTORY : AS_PLACE;
    const path = Buffer.from(`${throughFd(fd)}/${part}`, 'latin1');
    fd = using(fd, () => openSync(path, flags));
  }
  return fd;
}

function mapFile(place: ProcessPlace, { start, end }: MappedFile): string {
  return placePath(place, `map_files/${start.toString(16)}-${end.toString(16)}`);
}

function throughFd(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

function using<T>(fd: number, use: (fd: number) => T): T {
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/** The numbers in a device as glibc's gnu_dev_major and gnu_dev_minor split it. */
function majorOf(dev: bigint): number {
  return Number(((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n));
}

function minorOf(dev: bigint): number {
  return Number((dev & 0xffn) | ((dev >> 12n) & 0xffffff00n));
}
