import { tsmap } from '../program.ts';
import { smapsOf, temporaryFiles } from '../text/smaps-lines.ts';

/** Two saved smaps of a process, before and after it changed. */
export interface DiffSides {
  readonly BEFORE: string;
  readonly AFTER: string;
}

/** Writes both into a directory that is there until the tests of the file are over. */
export function writeDiffSides(file = temporaryFiles()): DiffSides {
  const BEFORE = file(
    'before.smaps',
    smapsOf([
      ['00400000-00401000 r-xp 00000000 08:01 42 /bin/server', 4, 0],
      ['00a00000-00a40000 rw-p 00000000 00:00 0 [heap]', 256],
      ['7f0000000000-7f0000100000 rw-p 00000000 00:00 0', 1024],
      ['7f0010000000-7f0010010000 r--s 00000000 08:01 43 /data/old', 64, 0],
      ['7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0 [stack]', 16],
    ]),
  );
  const AFTER = file(
    'after.smaps',
    smapsOf([
      ['00400000-00401000 r-xp 00000000 08:01 42 /bin/server', 4, 0],
      ['00a00000-00e00000 rw-p 00000000 00:00 0 [heap]', 4096],
      ['7f0000000000-7f0000100000 rw-p 00000000 00:00 0', 1000],
      ['7f0020000000-7f0020200000 rw-p 00000000 00:00 0', 2048],
      ['7f0030000000-7f0030001000 r--p 00000000 08:01 44 /data/n\xffw\x1b[31m', 4, 0],
      ['7ffcfffff000-7ffd00021000 rw-p 00000000 00:00 0 [stack]', 20],
    ]),
  );
  return { BEFORE, AFTER };
}

/** Runs `tsmap diff`. */
export async function diff(...args: readonly string[]) {
  const { stdout, stderr, status } = await tsmap(['diff', ...args]);
  return { stdout: stdout.toString(), stderr, status };
}
