import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

const ROOT = ['--proc-root', FIXTURES];
const DEMO = '34751';

async function linesOf(args: readonly string[]): Promise<string[]> {
  const { stdout, stderr, status } = await tsmap([...args.slice(0), ...ROOT]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const [head, ...lines] = stdout.toString().trimEnd().split('\n');
  return /^\d+: {3}/.test(head ?? '') ? lines : [head ?? '', ...lines];
}

const tables: readonly (readonly [string, string[], string[]])[] = [
  [
    'chosen columns, the largest first',
    ['--columns', 'address,rss,pss,mode,mapping', '--sort', '-rss', '--top', '3', DEMO],
    [
      '         Address   RSS   PSS Mode  Mapping',
      '0000000000601000  9964  9964 rw--- [heap]',
      '00007f6c29400000  1788  1788 rw--- [anon]',
      '00007f6c28400000  1464   334 r-x-- libpython2.7.so.1.0',
      '               - 16360 14233 total -',
    ],
  ],
  [
    'a filter, the smallest first',
    ['--filter', 'rss>1M', '--sort', 'rss', '--columns', 'rss,mapping', DEMO],
    [
      '  RSS Mapping',
      ' 1180 _native.so',
      ' 1464 libpython2.7.so.1.0',
      ' 1788 [anon]',
      ' 9964 [heap]',
      '14396 total',
    ],
  ],
  [
    "the kernel's names in any case",
    ['--columns', 'Rss,PSS,private_DIRTY,Swap', '--top', '2', DEMO],
    [
      '  RSS   PSS Private_Dirty Swap',
      '    4     0             0    0',
      '    4     4             4    0',
      '16360 14233         12256  236',
    ],
  ],
  [
    'fields that are new to tsmap',
    ['--columns', 'Zswapped_Future,newcount,mapping', '--top', '2', '2004'].concat([
      '--filter',
      'newcount<300',
    ]),
    [
      'Zswapped_Future NewCount Mapping',
      '            192      196 future',
      '            284      288 future',
      '            488        - total',
    ],
  ],
  [
    'a column dropped and one added',
    ['--columns=-size,+rss', '--top', '1', DEMO],
    [
      '         Address Perm    RSS Mapping',
      '0000000000400000 r-xp      4 python2.7',
      '               - total 16360 -',
    ],
  ],
  [
    'rows by kind',
    ['--group-by', 'kind', '--sort', '-rss', '--top', '2', DEMO],
    [
      'Mappings   Size   RSS   PSS   USS Swap Kind',
      '       1  10096  9964  9964  9964   48 heap',
      '       9   5276  3604  1728  1264    0 code',
      '      40 192320 16360 14233 13612  236 total',
    ],
  ],
  [
    'rows by mode',
    ['--group-by', 'mode', DEMO],
    [
      'Mappings   Size   RSS   PSS   USS Swap Perm',
      '      17  43644 12256 12256 12256  232 rw-p',
      '      10   5284  3608  1728  1264    0 r-xp',
      '       1    512   400   201    56    0 rw-s',
      '       3 130640    96    48    36    4 r--p',
      '       9  12240     0     0     0    0 ---p',
      '      40 192320 16360 14233 13612  236 total',
    ],
  ],
  [
    'words and quotes in a filter',
    ['--columns', 'mode,mapping', '--filter', "mapping ~ 'libc' and not (mode = 'rw---')", DEMO],
    ['Mode  Mapping', 'r-x-- libc-2.12.so', '----- libc-2.12.so', 'r---- libc-2.12.so', 'total -'],
  ],
  [
    "-x in pmap's layout",
    ['-x', '--sort', '-rss', '--top', '2', DEMO],
    [
      'Address           Kbytes     RSS   Dirty Mode   Mapping',
      '0000000000601000   10096    9964    9964 rw---    [ anon ]',
      '00007f6c29400000    2304    1788    1788 rw---    [ anon ]',
      '----------------  ------  ------  ------',
      'total kB          192320   16360   12512',
    ],
  ],
  [
    "-x in pmap's layout, filtered and cut",
    ['-x', '--filter', 'rss>1M', '--top', '1', DEMO],
    [
      'Address           Kbytes     RSS   Dirty Mode   Mapping',
      '0000000000601000   10096    9964    9964 rw---    [ anon ]',
      '----------------  ------  ------  ------',
      'total kB           15252   14396   11752',
    ],
  ],
  [
    "-d in pmap's layout",
    ['-d', '--sort', '-size', '--top', '1', DEMO],
    [
      'Address           Kbytes Mode  Offset           Device    Mapping',
      '00007f6c20000000  130620 r---- 0000000000000000 0fd:00000 locale-archive',
      'mapped: 192320K    writeable/private: 43644K    shared: 512K',
    ],
  ],
  ['a bare number in KiB', ['--total', '--columns', 'rss', DEMO], ['16360']],
  ['a bare number in bytes', ['--total', '--columns', 'rss', '--bytes', DEMO], ['16752640']],
  ['a bare number with its unit', ['--total', '--columns', 'rss', '--human', DEMO], ['16.0 MiB']],
  [
    'a bare number of what passed',
    ['--total', '--columns', 'rss', '--filter', 'rss>1M', DEMO],
    ['14396'],
  ],
];

describe('rows and columns', () => {
  test.each(tables)('%s', async (_, args, expected) => {
    expect(await linesOf(args)).toEqual(expected);
  });

  test('-X keeps its columns, and its sums are those of what passed', async () => {
    const lines = await linesOf(['-X', '--filter', 'rss>1M', '--sort', '-rss', '--top', '1', DEMO]);
    expect(lines[0]).toMatch(/^ +Address Perm +Offset Device +Inode +Size +Rss +Pss/);
    expect(lines[1]).toMatch(/^ *00601000 rw-p 00000000 +00:00 +0 +10096 +9964 /);
    expect(lines[2]).toMatch(/^ +=+( =+)+ *$/);
    expect(lines[3]).toMatch(/^ +15252 +14396 +13266 /);
    expect(lines).toHaveLength(4);
  });

  test('--total alone is one line of totals', async () => {
    const [header, row, ...more] = await linesOf(['--total', DEMO]);
    expect(header).toBe('  PID   Size   RSS   PSS   USS Swap Command');
    expect(row).toMatch(/^34751 192320 16360 14233 13612 {2}236 \/usr\/local\/python/);
    expect(more).toEqual([]);
  });

  test('--columns help lists each column once, with its unit and meaning', async () => {
    const { stdout, status } = await tsmap(['--columns', 'help']);
    const rows = stdout.toString().split('\n\n')[0]?.split('\n') ?? [];
    const names = rows.slice(1).map((row) => row.split(' ')[0]);
    expect(status).toBe(0);
    expect(new Set(names).size).toBe(names.length);
    for (const row of rows.slice(1))
      expect(row).toMatch(/^\S+ +(address|size|number|ratio|text) +\S.*\.$/);
    expect(names).toEqual(expect.arrayContaining(['address', 'rss', 'uss', 'swap_pss', 'mapping']));
  });
});

/** Options, a part of the message, and the position of the caret in the quoted text. */
const mistakes: readonly (readonly [string[], string, number | undefined])[] = [
  [['--columns', 'bogus'], "unknown column 'bogus'; '--columns help' lists them", 0],
  [['--columns', 'rss, swpa'], "unknown column 'swpa'; did you mean 'swap'?", 4],
  [['--columns', '+pss,-dirrty'], "unknown column 'dirrty'; did you mean 'dirty'?", 5],
  [['--columns', ''], "a column is missing; '--columns help' lists them", 0],
  [['--columns', 'rss,'], 'a column is missing', 4],
  [['--columns=-pss'], "'pss' is not a column of this report", undefined],
  [['--sort', 'rss,bogus'], "unknown column 'bogus'", 4],
  [['--sort', ''], 'a column is missing', 0],
  [['--top', '0'], "'0' is not a number of rows", undefined],
  [['--top', 'x'], "'x' is not a number of rows", undefined],
  [['--filter', ''], 'a column is missing', 0],
  [['--filter', 'bogus>1'], "unknown column 'bogus'", 0],
  [['--filter', 'rss>'], 'a value is missing', 4],
  [['--filter', 'rss>1Q'], "'1Q' is not a size", 4],
  [['--filter', '(rss>1'], "'(' without ')'", 0],
  [['--filter', 'rss>1)'], "')' without '('", 5],
  [['--filter', 'rss~x'], "'rss' is a number", 3],
  [['--filter', 'mapping>3'], "'mapping' is text", 7],
  [['--filter', 'mapping~('], 'Invalid regular expression', 8],
  [['--filter', 'rss>1 and'], 'a column is missing', 9],
  [['--name', '('], 'Invalid regular expression', undefined],
  [['--user', 'nobody-of-that-name'], "no user 'nobody-of-that-name'", undefined],
  [['--full'], 'add --name REGEX', undefined],
  [['--group-by', 'color'], "'color' is not one of mapping, kind, mode", undefined],
  [['--format', 'xml'], "'xml' is not one of", undefined],
  [['--total', '--group-by', 'kind'], '--total contradicts --group-by', undefined],
  [['--json', '--format', 'csv'], '--json contradicts --format csv', undefined],
  [['--json', '--human'], '--human works with text only', undefined],
  [['--human', '--bytes'], '--human contradicts --bytes', undefined],
  [['--from', 'x'], '--from reads a file', undefined],
];

/** Runs mistaken arguments and checks the message and the position of its caret. */
async function expectMistake(
  args: readonly string[],
  message: string,
  place?: { readonly text: string | undefined; readonly caret: number },
): Promise<void> {
  const { stdout, stderr, status } = await tsmap(args);
  const [first, ...more] = stderr.trimEnd().split('\n');
  const verb = ['summary', 'diff'].find((each) => each === args[0]);
  expect(first).toMatch(/^tsmap: /);
  expect(first).toContain(message);
  expect(first).toContain(`Try 'tsmap ${verb === undefined ? '' : `${verb} `}--help'`);
  const quoted = place && [`tsmap:   ${place.text}`, `tsmap:   ${' '.repeat(place.caret)}^`];
  expect(more).toEqual(quoted ?? []);
  expect({ stdout: stdout.toString(), status }).toEqual({ stdout: '', status: 1 });
}

describe('a mistake in the choice of rows and columns', () => {
  test.each(mistakes)('%j is reported: %s', async (options, message, caret) => {
    const place = caret === undefined ? undefined : { text: options[1], caret };
    await expectMistake([...ROOT, ...options, DEMO], message, place);
  });

  test.each<[string[], string, number?]>([
    [['--sort', 'pss,mode'], "'mode' cannot be added up, so a summary cannot be sorted by it", 4],
    [['--columns', 'mode'], "'mode' cannot be added up, so a summary cannot show it"],
    [['--totals-only', '--filter', 'rss>1'], '--filter contradicts --totals-only'],
  ])('summary %j is reported: %s', async (options, message, caret) => {
    const place = caret === undefined ? undefined : { text: options[1], caret };
    await expectMistake(['summary', ...ROOT, ...options, DEMO], message, place);
  });

  const BOTH = ['fixtures/saved/sleep.smaps', 'fixtures/proc/34751/smaps'];
  describe.each([
    ['the map', [...ROOT, DEMO]],
    ['summary', ['summary', ...ROOT, DEMO]],
    ['diff', ['diff', ...BOTH]],
    ['diff of processes', ['diff', ...ROOT, DEMO, DEMO]],
  ])('in %s', (_, args) => {
    test.each<[string, string, string, number]>([
      ['--sort', '-rss,swpa', "--sort: unknown column 'swpa'; did you mean 'swap'?", 5],
      ['--sort', 'rss,,pss', '--sort: a column is missing', 4],
      ['--sort', ' xyzzy', "--sort: unknown column 'xyzzy'", 0],
      ['--columns', 'rss,swpa', "--columns: unknown column 'swpa'; did you mean 'swap'?", 4],
      ['--columns', 'xyzzy', "--columns: unknown column 'xyzzy'; '--columns help' lists", 0],
      ['--filter', 'rss and swpa', "--filter: unknown column 'swpa'; did you mean 'swap'?", 8],
    ])('%s %j is reported: %s', async (option, text, message, caret) => {
      await expectMistake([...args, option, text], message, { text, caret });
    });
  });
});
