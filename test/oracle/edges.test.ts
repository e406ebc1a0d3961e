import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  type Comparison,
  compareWithPmap,
  describeWithPmap,
  type OracleInput,
} from '../support/pmap.ts';
import { FIXTURES, ROOT } from '../support/program.ts';

/** The minor number of /proc: a device without a disk that is mounted, unlike that of segments. */
const PROC_MINOR = (statSync('/proc').dev & 0xff).toString(16).padStart(2, '0');
/** Field 28 of stat: where the stack begins. */
const START_STACK = 0x7ffd00002000;

/** One mapping, and its row in the procps layout of both programs. */
const edges: readonly { line: string; row: string }[] = [
  // The stack is recognized by its address; both ends of the range count.
  { line: '7ffd00001000-7ffd00002000 rw-p 00000000 00:00 0', row: 'rw---   [ stack ]' },
  { line: '7ffd00002000-7ffd00003000 rw-p 00000000 00:00 0', row: 'rw---   [ stack ]' },
  { line: '7ffd00003000-7ffd00004000 rw-p 00000000 00:00 0 [stack]', row: 'rw---   [ anon ]' },
  { line: '7ffd00000000-7ffd00001000 rw-p 00000000 00:00 0 [stack]', row: 'rw---   [ anon ]' },
  { line: '7ffd00001000-7ffd00003000 rw-p 00000000 fe:00 5 /x/y', row: 'rw--- y' },
  // Names.
  { line: '00400000-00401000 r--p 00000000 fe:00 5 /dir/', row: 'r---- /' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5 /dir//', row: 'r---- /' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5 /', row: 'r---- /' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5 //a', row: 'r---- a' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5 foo', row: 'r----   [ anon ]' },
  { line: '00400000-00401000 r--p 00000000 00:0e 5 anon_inode:/foo', row: 'r---- foo' },
  { line: '00400000-00401000 r--p 00000000 00:0e 5 socket:[7]', row: 'r----   [ anon ]' },
  { line: '00400000-00401000 rw-p 00000000 00:00 0 [anon:a/b c]', row: 'rw--- b c]' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5 /a/[ anon ]', row: 'r---- [ anon ]' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5 /a/b  ', row: 'r---- b  ' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5 /a/\\012', row: 'r---- \\012' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5    /a/ b', row: 'r----  b' },
  { line: '00400000-00401000 r--p 00000000 fe:00 5', row: 'r----   [ anon ]' },
  // System V segments.
  { line: '00400000-00401000 rw-s 00000000 00:01 26 /SYSV00', row: 'rw-s-   [ shmid=0x1a ]' },
  { line: '00400000-00401000 rw-s 00000000 00:01 0 /SYSV00', row: 'rw-s-   [ shmid=0x0 ]' },
  { line: '00400000-00401000 rw-s 00000000 00:01 26 /sysv00', row: 'rw-s- sysv00' },
  { line: '00400000-00401000 rw-s 00000000 00:01 26 SYSV00', row: 'rw-s-   [ anon ]' },
  { line: '00400000-00401000 rw-s 00000000 01:01 26 /SYSV00', row: 'rw-s- SYSV00' },
  { line: `00400000-00401000 rw-s 00000000 00:${PROC_MINOR} 26 /SYSV00`, row: 'rw-s- SYSV00' },
];

function input(line: string, index: number): OracleInput {
  const base = (file: string) => readFileSync(join(ROOT, FIXTURES, '1001', file));
  const fields = base('stat').toString().split(' ');
  fields[27] = String(START_STACK);
  const maps = Buffer.from(`${line}\n`);
  return { name: String(index), files: { maps, stat: Buffer.from(fields.join(' ')) } };
}

describeWithPmap('names, as pmap gives them', () => {
  const inputs = edges.map(({ line }, index) => input(line, index));
  let comparisons: Comparison[] = [];

  beforeAll(async () => {
    comparisons = await compareWithPmap(inputs, [['-q'], ['-qp']]);
  });

  test.each(edges.map((edge, index) => ({ ...edge, index })))('$line', ({ row, index }) => {
    const all = comparisons.filter((each) => each.input === String(index));
    for (const { pmap, tsmap } of all) {
      expect(tsmap.stdout.toString('latin1')).toBe(pmap.stdout.toString('latin1'));
    }
    const [, text = ''] = all[0]?.tsmap.stdout.toString('latin1').split('\n') ?? [];
    expect(text.replace(/^\S+ +\S+ /, '')).toBe(row);
    expect(all).toHaveLength(2);
  });
});
