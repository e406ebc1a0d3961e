import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeDirectory, replaceFile } from './replace-file.ts';

/** A process in a copy of /proc that a test makes and changes. */
export interface FakeProcess {
  readonly pid: number;
  readonly comm: string;
  /** When it started, in clock ticks: another one is another process. */
  readonly startTimeTicks: number;
  /** Its resident memory, all of it private. */
  readonly rssKib: number;
  readonly state?: string;
}

/** Writes the files of a process that totals are read from; those that are there are replaced. */
export function writeProcess(root: string, process: FakeProcess): void {
  const { pid, comm, startTimeTicks, rssKib, state = 'S' } = process;
  const directory = join(root, String(pid));
  mkdirSync(directory, { recursive: true });
  const zeros = Array.from({ length: 17 }, () => 0);
  const tail = Array.from({ length: 30 }, () => 0);
  const stat = [pid, `(${comm})`, state, 1, ...zeros.slice(0, 17), startTimeTicks, ...tail];
  replaceFile(join(directory, 'stat'), `${stat.join(' ')}\n`);
  replaceFile(join(directory, 'cmdline'), `${comm}\0`);
  replaceFile(join(directory, 'smaps_rollup'), rollupText(rssKib));
}

/** Takes a process away. */
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
