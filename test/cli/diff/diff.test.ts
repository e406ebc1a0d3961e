import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';
import { fixtureSample, recordingText } from '../../support/text/recordings.ts';
import { smapsOf } from '../../support/text/smaps-lines.ts';
import { diff, writeDiffSides } from '../../support/verbs/diff-sides.ts';

const { BEFORE, AFTER } = writeDiffSides();

describe('a comparison', () => {
  test('shows the largest changes first, and sums', async () => {
    const { stdout, stderr, status } = await diff(BEFORE, AFTER);
    expect(stdout.split('\n').slice(2).join('\n')).toBe(`\
  RSS Swap  Size Status   Address      Mapping
+3840    0 +3840 grew     00a00000     [heap]
+2048    0 +2048 appeared 7f0020000000 [anon]
  -64    0   -64 went     7f0010000000 /data/old
  -24    0     0 shrank   7f0000000000 [anon]
   +4    0    +4 appeared 7f0030000000 /data/n?w?[31m
   +4    0    +4 grew     7ffcfffff000 [stack]
 1364    0  1480 -        -            before
+5808    0 +5832 -        -            change
 7172    0  7312 -        -            after
`);
    expect(stdout.split('\n').slice(0, 2)).toEqual([`before: ${BEFORE}`, `after:  ${AFTER}`]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test.each<[string, string[], string]>([
    [
      'the first rows, and the sum of the others',
      ['--top', '1', '--columns', 'rss,uss'],
      `\
  RSS   USS Status Address  Mapping
+3840 +3840 grew   00a00000 [heap]
+1968 +2028 -      -        (5 more rows)
 1364  1296 -      -        before
+5808 +5868 -      -        change
 7172  7164 -      -        after
`,
    ],
    [
      'kinds',
      ['--group-by', 'kind', '--columns', 'rss,mappings'],
      `\
  RSS Mappings Status Kind
+3840        0 grew   heap
+2024       +1 grew   anonymous
  -60        0 shrank read-only-data
   +4        0 grew   stack
 1364        5 -      before
+5808       +1 -      change
 7172        6 -      after
`,
    ],
    [
      'files and names, those that shrank most first, without heading and totals',
      ['--group-by', 'mapping', '--columns', 'rss', '--sort', 'rss', '--quiet'],
      `\
  -64 went     /data/old
   +4 appeared /data/n?w?[31m
   +4 grew     [stack]
+2024 grew     [anon]
+3840 grew     [heap]
`,
    ],
    [
      'equal changes by the next column',
      ['--columns', 'rss,size', '--sort', '-size, -address', '--quiet'],
      `\
+3840 +3840 grew     00a00000     [heap]
+2048 +2048 appeared 7f0020000000 [anon]
   +4    +4 grew     7ffcfffff000 [stack]
   +4    +4 appeared 7f0030000000 /data/n?w?[31m
  -24     0 shrank   7f0000000000 [anon]
  -64   -64 went     7f0010000000 /data/old
`,
    ],
    [
      'rows by a fact, then by change',
      ['--columns', 'rss,size', '--sort', 'kind,rss', '--quiet'],
      `\
  -24     0 shrank   7f0000000000 [anon]
+2048 +2048 appeared 7f0020000000 [anon]
+3840 +3840 grew     00a00000     [heap]
  -64   -64 went     7f0010000000 /data/old
   +4    +4 appeared 7f0030000000 /data/n?w?[31m
   +4    +4 grew     7ffcfffff000 [stack]
`,
    ],
    [
      'rows that pass a filter before or after',
      ['--filter', 'rss>2000', '--columns', 'rss', '--human'],
      `\
only:   rows for which rss>2000
      RSS Status   Address      Mapping
+3.8 MiB grew     00a00000     [heap]
+2.0 MiB appeared 7f0020000000 [anon]
256.0 KiB -        -            before
+5.8 MiB -        -            change
6.0 MiB -        -            after
`,
    ],
    [
      'unchanged rows as well, by address',
      ['--unchanged', '--columns', 'rss', '--sort', 'address', '--bytes', '--quiet'],
      `\
       0 unchanged 00400000     /bin/server
+3932160 grew      00a00000     [heap]
  -24576 shrank    7f0000000000 [anon]
  -65536 went      7f0010000000 /data/old
+2097152 appeared  7f0020000000 [anon]
   +4096 appeared  7f0030000000 /data/n?w?[31m
   +4096 grew      7ffcfffff000 [stack]
`,
    ],
  ])('shows %s', async (_, args, expected) => {
    const { stdout } = await diff(...args, BEFORE, AFTER);
    const unaligned = (text: string) => text.replace(/^ +/gm, '').replace(/ {2,}/g, ' ');
    const shown = stdout.replace(/^(before|after): .*\n/gm, '');
    expect(unaligned(shown)).toBe(unaligned(expected));
  });

  test('is coloured with --color always: growth red, shrinkage green', async () => {
    const { stdout } = await diff('--color', 'always', '--columns', 'rss', BEFORE, AFTER);
    expect(stdout).toContain('\x1b[31m+3840\x1b[39m grew');
    expect(stdout).toContain('\x1b[32m-24\x1b[39m shrank');
    expect(stdout).toContain('\x1b[1m+5808\x1b[22m');
    const plain = await diff('--columns', 'rss', BEFORE, AFTER);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
    expect(stdout.replace(/\x1b\[\d+m/g, '')).toBe(plain.stdout);
  });

  test('of a process with itself has no rows', async () => {
    const { stdout } = await diff('--proc-root', FIXTURES, '--columns', 'rss', '1001', '1001');
    expect(stdout.split('\n').slice(3)).toEqual([
      ' RSS Status Address Mapping',
      '1484 -      -       before',
      '   0 -      -       change',
      '1484 -      -       after',
      '',
    ]);
  });

  test('reads a recording from standard input if a moment is given', async () => {
    const input = recordingText([fixtureSample(1001)]);
    const args = ['diff', '--proc-root', FIXTURES, '--', '-@first', '1001'];
    const { stdout, stderr, status } = await tsmap(args, { input });
    expect(stdout.toString()).toContain('before: -, moment 1, ');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const unnamed = await tsmap(['diff', '--proc-root', FIXTURES, '-', '1001'], { input });
    expect(unnamed.stderr).toBe(
      'tsmap: standard input: is a recording read from a pipe: choose a moment with --at last ' +
        '(in diff: -- -@last)\n',
    );
  });

  test('reads a saved map from standard input', async () => {
    const input = smapsOf([['00400000-00401000 r-xp 00000000 08:01 42 /bin/server', 12, 0]]);
    const { stdout, status } = await tsmap(['diff', '--columns', 'rss', '-', AFTER], { input });
    expect(stdout.toString()).toMatch(/^before: standard input\nafter: {2}/);
    expect(stdout.toString()).toMatch(/^ +-8 shrank +00400000 +\/bin\/server$/m);
    expect(status).toBe(0);
  });
});
