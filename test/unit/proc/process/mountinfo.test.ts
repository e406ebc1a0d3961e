import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedMemoryDevices } from '../../../../src/proc/process/mountinfo.ts';
import { placeOf } from '../../../../src/proc/process/process-place.ts';

const root = mkdtempSync(join(tmpdir(), 'tsmap-mountinfo-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let pids = 0;

/** A process whose mountinfo holds these lines. */
function processWith(...lines: string[]): number {
  pids++;
  mkdirSync(join(root, String(pids)));
  writeFileSync(join(root, String(pids), 'mountinfo'), lines.map((line) => `${line}\n`).join(''));
  return pids;
}

const DISK = '22 1 254:5 / / rw,relatime - ext4 /dev/vda rw';
const PROC = '23 22 0:21 / /proc rw - proc proc rw';
const SHM = '24 22 0:24 / /dev/shm rw shared:1 - tmpfs tmpfs rw';
const LIAR = '25 22 8:1 / /mnt/26\\0401\\0400:77\\040x rw - ext4 26 1 0:78 rw';

/** The minors below 100 of devices that are mounted, as far as mountinfo says. */
function mountedMinors(pid: number): number[] {
  const isShared = sharedMemoryDevices(placeOf(root, pid));
  return Array.from({ length: 100 }, (_, minor) => minor).filter((minor) => !isShared(0, minor));
}

describe('the minors of file systems without a device', () => {
  test('are taken from the third word of each line', () => {
    expect(mountedMinors(processWith(DISK, PROC, SHM, LIAR))).toEqual([21, 24]);
  });

  test('are none if mountinfo is missing, empty or garbage', () => {
    expect(mountedMinors(999)).toEqual([]);
    expect(mountedMinors(processWith())).toEqual([]);
    expect(mountedMinors(processWith('', 'rubbish', '1 2 0:x /'))).toEqual([]);
  });
});

describe('a device holds shared memory', () => {
  const isSharedMemory = sharedMemoryDevices(placeOf(root, processWith(DISK, PROC, SHM)));

  test.each([
    { major: 0, minor: 1, expected: true, why: 'it is mounted nowhere' },
    { major: 0, minor: 21, expected: false, why: 'it is mounted' },
    { major: 0, minor: 24, expected: false, why: '/dev/shm is mounted' },
    { major: 0, minor: 5, expected: true, why: 'only the minor of a disk is 5' },
    { major: 254, minor: 1, expected: false, why: 'it is a disk' },
    { major: 8, minor: 99, expected: false, why: 'a disk need not be mounted' },
  ])('$major:$minor $expected: $why', ({ major, minor, expected }) => {
    expect(isSharedMemory(major, minor)).toBe(expected);
  });

  test('and mountinfo is read once, at the first device without a block device', () => {
    const pid = processWith(PROC);
    const isOne = sharedMemoryDevices(placeOf(root, pid));
    const path = join(root, String(pid), 'mountinfo');
    expect(isOne(8, 1)).toBe(false);
    writeFileSync(path, `${SHM}\n`);
    expect([isOne(0, 24), isOne(0, 21)]).toEqual([false, true]);
    writeFileSync(path, `${PROC}\n`);
    expect([isOne(0, 24), isOne(0, 21)]).toEqual([false, true]);
  });
});
