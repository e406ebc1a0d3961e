import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeDirectory } from './replace-file.ts';

/** A process in a copy of /proc that a test makes and changes. */
export interface FakeProcess {
  readonly pid: number;
  readonly comm: string;
  /** When it started, in clock ticks; a process with another start time is another process. */
  readonly startTimeTicks: number;
  /** Its resident memory, all of it private. */
  readonly rssKib: number;
  readonly state?: string;
}

/**
 * Makes a process, with the files that totals are read from. A process of the same number is replaced:
 * for a moment there is none, but never one with some of the files of each.
 */
export function writeProcess(root: string, process: FakeProcess): void {
  const { pid, comm, startTimeTicks, rssKib, state = 'S' } = process;
  const next = join(root, `.${pid}.next`);
  mkdirSync(next);
  const zeros = Array.from({ length: 17 }, () => 0);
  const tail = Array.from({ length: 30 }, () => 0);
  const stat = [pid, `(${comm})`, state, 1, ...zeros, startTimeTicks, ...tail];
  writeFileSync(join(next, 'stat'), `${stat.join(' ')}\n`);
  writeFileSync(join(next, 'cmdline'), `${comm}\0`);
  writeFileSync(join(next, 'smaps_rollup'), rollupText(rssKib));
  removeProcess(root, pid);
  renameSync(next, join(root, String(pid)));
}

/** Ends a process: its directory is gone. */
export function removeProcess(root: string, pid: number): void {
  removeDirectory(join(root, String(pid)));
}

function rollupText(rssKib: number): string {
  const line = (key: string, kib: number) =>
    `${`${key}:`.padEnd(16)}${String(kib).padStart(8)} kB\n`;
  return [
    '55f9abf70000-7ffcf6ab1000 ---p 00000000 00:00 0                          [rollup]\n',
    line('Rss', rssKib),
    line('Pss', rssKib),
    line('Shared_Clean', 0),
    line('Shared_Dirty', 0),
    line('Private_Clean', 0),
    line('Private_Dirty', rssKib),
    line('Swap', 0),
  ].join('');
}
