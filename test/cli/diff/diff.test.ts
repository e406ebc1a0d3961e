import { describe, expect, test } from 'vitest';
import { encodeHeader } from '../../../src/recording/header.ts';
import { otherProgram } from '../../support/machine.ts';
import { FIXTURES, tsmap } from '../../support/program.ts';
import { fixtureSample, HEADER, lineOf, recordingText } from '../../support/text/recordings.ts';
import { smapsOf, temporaryFiles } from '../../support/text/smaps-lines.ts';

const file = temporaryFiles();

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

async function diff(...args: readonly string[]) {
  const { stdout, stderr, status } = await tsmap(['diff', ...args]);
  return { stdout: stdout.toString(), stderr, status };
}

describe('a comparison that cannot be written', () => {
  test.each([
    [3, ['--exit-status']],
    [3, ['--exit-status', '--json']],
    [1, []],
    [1, ['--exit-status', '--more-than', '1G', '--format', 'csv']],
  ])('ends with %i: %j', async (expected, options) => {
    const { stderr, status } = await tsmap(['diff', ...options, BEFORE, AFTER], { stdout: 'full' });
    expect({ stderr, status }).toEqual({
      stderr: 'tsmap: write error: No space left on device\n',
      status: expected,
    });
  });
});

describe('a comparison', () => {
  test('shows the largest changes first, and adds up', async () => {
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
      'the first rows, and what the others come to',
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
      'what changed equally by the next column',
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
      'what a filter lets through, before or after',
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

describe('for programs', () => {
  const HEAP = {
    status: 'grew',
    start_before: '00a00000',
    start_after: '00a00000',
    perms: 'rw-p',
    kind: 'heap',
    name: '[heap]',
    rss_before_bytes: 262144,
    rss_after_bytes: 4194304,
    rss_change_bytes: 3932160,
  };

  test('json has rows, hidden rows and totals', async () => {
    const { stdout } = await diff('--json', '--columns', 'rss', '--top', '1', BEFORE, AFTER);
    const { taken_at, ...document } = JSON.parse(stdout);
    expect(Date.parse(taken_at)).toBeGreaterThan(0);
    expect(document).toEqual({
      schema: 'tsmap.diff/1',
      processes: [
        {
          before: { source: BEFORE },
          after: { source: AFTER },
          rows_are_by: 'address',
          rows: [HEAP],
          more_rows: {
            count: 5,
            rss_before_bytes: 1104 * 1024,
            rss_after_bytes: 3072 * 1024,
            rss_change_bytes: 1968 * 1024,
          },
          unchanged_rows: 1,
          totals: {
            rss_before_bytes: 1364 * 1024,
            rss_after_bytes: 7172 * 1024,
            rss_change_bytes: 5808 * 1024,
          },
        },
      ],
      only_before: [],
      only_after: [],
      problems: [],
    });
  });

  test('json identifies the processes', async () => {
    const args = ['--json', '--proc-root', FIXTURES, '--columns', 'rss', '1001', '1003'];
    const { processes } = JSON.parse((await diff(...args)).stdout);
    expect(processes).toHaveLength(1);
    expect(processes[0]).toMatchObject({
      before: { source: '1001', pid: 1001, comm: 'sleep' },
      after: { source: '1003', pid: 1003 },
      same_process: false,
    });
  });

  test('ndjson has a row on each line, and names that are not UTF-8 in base64', async () => {
    const { stdout } = await diff('--format', 'ndjson', '--columns', 'rss', BEFORE, AFTER);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows[0]).toEqual({ pid: 0, ...HEAP });
    expect(rows[4]).toEqual({
      pid: 0,
      status: 'appeared',
      start_after: '7f0030000000',
      perms: 'r--p',
      kind: 'read-only-data',
      name: '/data/n\ufffdw\x1b[31m',
      name_base64: Buffer.from('/data/n\xffw\x1b[31m', 'latin1').toString('base64'),
      rss_before_bytes: 0,
      rss_after_bytes: 4096,
      rss_change_bytes: 4096,
    });
    expect(rows).toHaveLength(6);
  });

  test.each([
    ['csv', ','],
    ['tsv', '\t'],
  ])('%s is a table to other programs', async (format, delimiter) => {
    const args = ['--format', format, '--group-by', 'mapping', '--columns', 'rss,mappings'];
    const { stdout } = await diff(...args, BEFORE, AFTER);
    const script = `import csv, json, sys
print(json.dumps(list(csv.DictReader(sys.stdin, delimiter=sys.argv[1]))))`;
    const rows = otherProgram(['python3', '-c', script, delimiter], stdout);
    if (rows === undefined) return;
    expect((rows as unknown[])[0]).toEqual({
      pid: '0',
      status: 'grew',
      name: '[heap]',
      name_base64: '',
      rss_before_bytes: '262144',
      rss_after_bytes: '4194304',
      rss_change_bytes: '3932160',
      mappings_before: '1',
      mappings_after: '1',
      mappings_change: '0',
    });
    expect(rows).toHaveLength(5);
  });
});

describe('a recording', () => {
  const moments = [1001, 1003, 1004].map((pid, i) => {
    const sample = fixtureSample(pid, 'all', i * 10);
    return { ...sample, head: { ...fixtureSample(1001).head, pid: 77 } };
  });
  const recording = file('one.tsmap', recordingText(moments));
  const rss = ['--columns', 'rss', '--format', 'json'];

  /** Where sides come from, and the totals of rss in KiB. */
  async function compared(...args: readonly string[]) {
    const { stdout, stderr, status } = await diff(...rss, ...args);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const { before, after, totals } = JSON.parse(stdout).processes[0];
    const kib = [totals.rss_before_bytes / 1024, totals.rss_after_bytes / 1024];
    return [before.moment, after.moment, ...kib];
  }

  /** The moments of both sides, and the fixtures that were recorded then. */
  const table: readonly (readonly [string[], unknown[], number[]])[] = [
    [[recording], [1, 3], [1001, 1004]],
    [
      [`${recording}@first`, `${recording}@2`],
      [1, 2],
      [1001, 1003],
    ],
    [
      [`${recording}@2`, recording],
      [2, 3],
      [1003, 1004],
    ],
    [
      [`${recording}@last`, `${recording}@first`],
      [3, 1],
      [1004, 1001],
    ],
    [
      [`${recording}@2026-11-22T10:00:05Z`, `${recording}@2026-11-22T10:00:10Z`],
      [1, 2],
      [1001, 1003],
    ],
    [
      ['--proc-root', FIXTURES, `${recording}@1`, '1004'],
      [1, undefined],
      [1001, 1004],
    ],
  ];

  test.each(table)('compares its moments: %j', async (args, wanted, fixtures) => {
    const [before, after, ...found] = await compared(...args);
    expect([before, after]).toEqual(wanted);
    const rssOf = async (pid: number) => {
      const options = ['--total', '--columns', 'rss', '--proc-root', FIXTURES];
      return Number((await tsmap([...options, String(pid)])).stdout.toString());
    };
    expect(found).toEqual(await Promise.all(fixtures.map(rssOf)));
  });

  test('has the times of its moments', async () => {
    const { stdout } = await diff('--columns', 'rss', recording);
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      `before: ${recording}, moment 1, 2026-11-22T10:00:00Z`,
      `after:  ${recording}, moment 3, 2026-11-22T10:00:20Z (20s later)`,
    ]);
  });

  test('is found if its name contains an @, with a moment after it', async () => {
    const named = file('a@first', recordingText(moments));
    expect((await compared(named)).slice(0, 2)).toEqual([1, 3]);
    expect((await compared(`${named}@2`, named)).slice(0, 2)).toEqual([2, 3]);
  });

  test('by kind is compared with all mappings by kind', async () => {
    const [first] = moments;
    const head = first?.head ?? fixtureSample(1001).head;
    const kinds = file(
      'kinds.tsmap',
      recordingText([{ ...fixtureSample(1001, 'kind'), head }], { ...HEADER, detail: 'kind' }),
    );
    const { stdout, status } = await diff('--columns', 'rss', kinds, `${recording}@3`);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ *\+\d+ grew +heap$/m);
    const refused = await diff('--group-by', 'mode', kinds, recording);
    expect(refused.stderr).toContain(`--group-by mode: '${kinds}' holds only sums by kind`);
    expect(refused.status).toBe(1);
  });

  describe('of several processes', () => {
    const head = (pid: number) => ({ ...fixtureSample(1001).head, pid });
    const sample = (fixture: number, pid: number) => ({
      ...fixtureSample(fixture),
      head: head(pid),
    });
    const several = file(
      'several.tsmap',
      `${encodeHeader(HEADER).toString('latin1')}${[
        lineOf(sample(1001, 5), 1),
        lineOf(sample(1001, 6), 1),
        lineOf(sample(1004, 5), 2),
        lineOf(sample(1004, 8), 2),
      ].join('\n')}\n`,
    );

    test('compares each with itself, and names processes that only one side has', async () => {
      const { stdout, stderr, status } = await diff('--columns', 'rss', several);
      expect(stdout.match(/^\d+: {3}.*$/gm)).toEqual([
        '5:   /usr/bin/sleep 600',
        '6:   /usr/bin/sleep 600: only before',
        '8:   /usr/bin/sleep 600: only after',
      ]);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    });

    test('names these on stderr with formats for programs', async () => {
      const { stdout, stderr } = await diff('--format', 'ndjson', '--columns', 'rss', several);
      expect(stdout.split('\n')[0]).toMatch(/^\{"pid":5,/);
      expect(stderr).toBe(`\
tsmap: 6 (sleep): only before, so it was not compared
tsmap: 8 (sleep): only after, so it was not compared
`);
    });

    test('compares only the process chosen by --pid', async () => {
      const { stdout } = await diff('--columns', 'rss', '--pid', '5', several);
      expect(stdout.match(/^\d+: {3}.*$/gm)).toEqual(['5:   /usr/bin/sleep 600']);
    });

    test('needs --pid if the other side is another process', async () => {
      const { stderr, status } = await diff(`${several}@1`, recording);
      expect(stderr).toContain('holds several processes (5, 6)');
      expect(stderr).toContain('--pid');
      expect(status).toBe(1);
    });

    test('lists its processes if the chosen one is not among them', async () => {
      const { stderr, status } = await diff('--pid', '9', several);
      expect(stderr).toBe(`tsmap: ${several}: does not hold process 9 at that moment, only 5, 6\n`);
      expect(status).toBe(42);
    });
  });
});

describe('the exit status', () => {
  test.each<[number, string[]]>([
    [0, [BEFORE, AFTER]],
    [3, ['--exit-status', BEFORE, AFTER]],
    [3, ['--exit-status', '--more-than', '3839K', BEFORE, AFTER]],
    [0, ['--exit-status', '--more-than', '3840K', BEFORE, AFTER]],
    [3, ['--exit-status', '--more-than', '2M', '--top', '1', '--sort', 'rss', BEFORE, AFTER]],
    [0, ['--exit-status', BEFORE, BEFORE]],
    [0, ['--exit-status', '--columns', 'swap', BEFORE, AFTER]],
    [3, ['--exit-status', '--columns', 'swap', '--sort', '-rss', BEFORE, AFTER]],
    [0, ['--exit-status', '--filter', 'mapping~old', BEFORE, AFTER]],
    [3, ['--exit-status', '--group-by', 'kind', BEFORE, AFTER]],
    [42, ['--proc-root', FIXTURES, '999', '1001']],
    [42, ['--proc-root', FIXTURES, '--after', '1ms', '999']],
    [42, ['--exit-status', '--proc-root', FIXTURES, '2012', '1001']],
    [1, ['/nonexistent/file', AFTER]],
  ])('is %d for %j', async (status, args) => {
    expect((await diff(...args)).status).toBe(status);
  });
});

describe('growth that is not known', () => {
  const total = file('total.tsmap', recordingText([fixtureSample(1001, 'total')]));
  const args = ['--proc-root', FIXTURES, '--exit-status', total, '1001'];

  test('is reported, and is not a success', async () => {
    const { stderr, status } = await diff(...args, '--columns', 'size');
    expect({ stderr, status }).toEqual({
      stderr: 'tsmap: 1001: growth of size is unknown: one side does not report it\n',
      status: 1,
    });
  });

  test('does not matter in other columns', async () => {
    const { stderr, status } = await diff(...args, '--columns', 'rss,size');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
});

describe('what cannot be compared is reported in one line:', () => {
  const recording = file('bad.tsmap', recordingText([fixtureSample(1001)]));
  const newer = file('newer.tsmap', '{"schema":"tsmap.recording/2"}\n');
  const text = file('text', 'no map\n');

  test.each<[string[], string]>([
    [[], 'argument missing'],
    [['1', '2', '3'], 'diff compares two sides, but 3 were given'],
    [['1'], '1 is only one side: add the other one, or --after 30s'],
    [[BEFORE], 'is only one side, not a recording'],
    [['-'], 'standard input is only one side'],
    [['-', '-'], "'-' can be only one of the sides"],
    [[`${recording}@1`], `is only one moment: add the other one, such as '${recording}@last'`],
    [['--', '-@1'], "'-@1' is only one moment of standard input: add the other side"],
    [['nothing', AFTER], "'nothing' is neither a process id nor a file"],
    [['nothing@1', AFTER], "'nothing@1' is neither a process id nor a file"],
    [[`${BEFORE}@1`, AFTER], "is not a recording, so it has no moment '@1'"],
    [[`${recording}@never`, AFTER], "'@never' is not a moment (first, last"],
    [[`${recording}@0`, AFTER], "'@0' is not a moment"],
    [[`${recording}@7`, AFTER], 'has no moment 7'],
    [[`${recording}@1999-01-01T00:00`, AFTER], 'has no moment at or before that time'],
    [[newer], 'tsmap.recording/2'],
    [[text, AFTER], 'is not a maps or smaps file'],
    [['fixtures/saved/empty', AFTER], 'is empty'],
    [['fixtures/saved/sleep.maps', AFTER], 'needs smaps'],
    [['fixtures', AFTER], 'is a directory'],
    [
      ['1', '2', '--after', '5s'],
      '--after compares a process with itself: give only one process id',
    ],
    [[BEFORE, '--after', '5s'], '--after compares a process with itself, but'],
    [['1', '--after', '0'], 'must be longer than 0'],
    [['1', '--after', 'soon'], "'soon' is not a duration"],
    [['99999999999', '1'], 'is not a process id'],
    [['--pid', 'x', recording], "'x' is not a process id"],
    [['--pid', '1', '1', '2'], '--pid chooses a process of a recording, but no recording is given'],
    [
      ['--more-than', '1M', BEFORE, AFTER],
      '--more-than sets the limit of --exit-status: add --exit-status',
    ],
    [['--exit-status', '--more-than', 'much', BEFORE, AFTER], "'much' is not a size"],
    [
      ['--columns', 'rss,mapping', BEFORE, AFTER],
      "'mapping' cannot be compared: it cannot be added up",
    ],
    [['--columns', 'nope', BEFORE, AFTER], "unknown column 'nope'"],
    [['--sort', 'rss,nope', BEFORE, AFTER], "--sort: unknown column 'nope'"],
    [['--filter', 'rss>', BEFORE, AFTER], '--filter:'],
    [['--json', '--human', BEFORE, AFTER], '--human works with text only'],
    [['--group-by', 'size', BEFORE, AFTER], "'size' is not one of"],
  ])('%j', async (args, message) => {
    const { stdout, stderr, status } = await diff(...args);
    const [first = '', ...others] = stderr.trimEnd().split('\n');
    expect(first).toMatch(/^tsmap: /);
    expect(first).toContain(message);
    // After it comes only a line that points at the mistake.
    for (const line of others) expect(line).toMatch(/^tsmap: {3}/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  test('a recording without a single whole sample', async () => {
    const cut = file('cut.tsmap', recordingText([fixtureSample(1001)]).slice(0, -40));
    const { stdout, stderr, status } = await diff(cut);
    expect(stderr).toMatch(/^tsmap: \S+cut\.tsmap: [^\n]*cut[^\n]*\n[^\n]*holds no samples\n$/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  test('and a mistake in an option, before --after waits', async () => {
    const started = Date.now();
    const args = ['--proc-root', FIXTURES, '1001', '--after', '1h', '--columns', 'nope'];
    expect((await diff(...args)).stderr).toContain("unknown column 'nope'");
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test('in json as well', async () => {
    const { stdout, status } = await diff('--json', '--proc-root', FIXTURES, '999', '1001');
    const { processes, problems } = JSON.parse(stdout);
    expect({ processes, codes: problems.map((each: { code: string }) => each.code) }).toEqual({
      processes: [],
      codes: ['no-such-process'],
    });
    expect(status).toBe(42);
  });
});
