import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIMITED } from '../../../src/verbs/check/limits.ts';
import { makeProcRoot } from '../../support/proc/proc-root.ts';
import { FIXTURES, tsmap } from '../../support/program.ts';

const KIB = 1024;
const SLEEP_RSS = 1484 * KIB;

/** Runs `tsmap check`, on the fixtures unless another root is given. */
async function check(...args: string[]) {
  const root = args.includes('--proc-root') ? [] : ['--proc-root', FIXTURES];
  return printed(['check', ...root, ...args]);
}

async function printed(args: readonly string[]) {
  const { stdout, stderr, status, signal } = await tsmap(args);
  return { stdout: stdout.toString('latin1'), stderr, status, signal };
}

describe('a limit', () => {
  test.each([
    ['--max-rss', SLEEP_RSS, 'rss 1519616 B is over 1519615 B'],
    ['--max-pss', 232 * KIB, 'pss 237568 B is over 237567 B'],
    ['--max-uss', 96 * KIB, 'uss 98304 B is over 98303 B'],
    ['--max-size', 2504 * KIB, 'size 2564096 B is over 2564095 B'],
    ['--max-mappings', 24, 'mappings 24 is over 23'],
  ])('%s %d is exceeded only by a larger value', async (option, value, breach) => {
    expect(await check(option, String(value), '1001')).toEqual({
      stdout: '',
      stderr: '',
      status: 0,
      signal: null,
    });
    expect(await check(option, String(value - 1), '1001')).toEqual({
      stdout: `tsmap: 1001 (sleep): ${breach}\n`,
      stderr: '',
      status: 3,
      signal: null,
    });
  });

  test('--max-swap 0 allows no swap at all', async () => {
    expect(await check('--max-swap', '0', '34751')).toMatchObject({
      stdout: 'tsmap: 34751 (python): swap 236 KiB is over 0\n',
      status: 3,
    });
    expect(await check('--max-swap', '0', '1001')).toMatchObject({ stdout: '', status: 0 });
  });

  test.each(LIMITED)('of %s can be a warning, which does not change the status', async (id) => {
    const { stdout, stderr, status } = await check(`--warn-${id}`, '1', '34751');
    expect(stdout).toMatch(
      new RegExp(`^tsmap: warning: 34751 \\(python\\): ${id} [^\n]* is over 1`),
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test.each([
    ['1484K', 0],
    ['1483K', 3],
    ['1519616', 0],
    ['1519615', 3],
    ['1520kB', 0],
    ['1519kB', 3],
    ['1.5M', 0],
    ['1.5MB', 3],
  ])('of %s is exact', async (size, status) => {
    expect((await check('--max-rss', size, '1001')).status).toBe(status);
  });

  test('that is exceeded is a line for each process, in order; with -q only the status remains', async () => {
    const args = ['--max-rss', '2M', '--max-mappings', '23', '1002', '1001', '34751'];
    const breaches = [
      'tsmap: 1002 (python3): rss 7.5 MiB is over 2 MiB',
      'tsmap: 1002 (python3): mappings 43 is over 23',
      'tsmap: 1001 (sleep): mappings 24 is over 23',
      'tsmap: 34751 (python): rss 16.0 MiB is over 2 MiB',
      'tsmap: 34751 (python): mappings 41 is over 23',
    ];
    expect(await check(...args)).toMatchObject({ stdout: `${breaches.join('\n')}\n`, status: 3 });
    expect(await check('-q', ...args)).toMatchObject({ stdout: '', stderr: '', status: 3 });
  });

  test('is kept by a kernel thread, which has no memory; a zombie counts as ended', async () => {
    const args = ['--max-rss', '0', '--max-size', '0', '--max-mappings', '1'];
    expect(await check(...args, '2011')).toMatchObject({ stdout: '', stderr: '', status: 0 });
    expect(await check(...args, '2012')).toEqual({
      stdout: '',
      stderr: 'tsmap: 2012: no such process (it ended)\n',
      status: 42,
      signal: null,
    });
  });

  test('is compared with smaps if the kernel has no smaps_rollup', async () => {
    expect(await check('--max-rss', '16360K', '34751')).toMatchObject({ stdout: '', status: 0 });
    expect(await check('--max-rss', '16359K', '34751')).toMatchObject({
      stdout: 'tsmap: 34751 (python): rss 16360 KiB is over 16359 KiB\n',
      status: 3,
    });
  });

  test('on a figure that the kernel does not report is an error', async () => {
    expect(await check('--max-swap', '1G', '2001')).toMatchObject({
      stdout: '',
      stderr: 'tsmap: 2001: this kernel does not report swap, so it cannot be checked\n',
      status: 1,
    });
  });

  test('that is exceeded is printed without control characters', async () => {
    const { stdout } = await check('--max-rss', '1', '2013');
    expect(stdout).toBe('tsmap: 2013 (a) b (c) R 1???): rss 2.8 MiB is over 1 B\n');
  });
});

describe('the exit status', () => {
  const over = ['--max-rss', '1K'];
  const within = ['--max-rss', '1G', '--max-mappings', '1000'];
  test.each([
    [within, ['1001', '1002'], 0],
    [over, ['1001', '1002'], 3],
    [within, ['99', '1001'], 42],
    [within, ['2907', '1001'], 1],
    [within, ['2907', '99', '1001'], 43],
    // A bitwise OR of 3 and 42 would be 43.
    [over, ['99', '1001'], 3],
    [over, ['2905', '1001'], 3],
    [over, ['99'], 42],
    [within, ['--name', '^sleep$'], 0],
    [over, ['--name', '^sleep$'], 3],
    [within, ['--name', 'nobody'], 42],
    [over, ['--children', '1001'], 3],
  ])('with %j of %j is %d', async (limits, processes, status) => {
    expect((await check(...limits, ...processes)).status).toBe(status);
  });

  test('of an exceeded limit does not hide other errors', async () => {
    expect(await check(...over, '1001', '99')).toMatchObject({
      stdout: 'tsmap: 1001 (sleep): rss 1.4 MiB is over 1 KiB\n',
      stderr: 'tsmap: 99: no such process\n',
      status: 3,
    });
  });

  test('-q does not silence errors', async () => {
    expect(await check('-q', ...within, '99')).toMatchObject({
      stderr: 'tsmap: 99: no such process\n',
      status: 42,
    });
    expect(await check('-q', ...within, '--name', 'nobody')).toMatchObject({
      stderr: 'tsmap: no process matches\n',
      status: 42,
    });
  });
});

const mistakes: readonly (readonly [string[], string])[] = [
  [['1'], 'no limit is given: add --max-rss, --max-pss, --max-uss, --max-swap, --max-size, '],
  [['--wait', '1'], 'no limit is given'],
  [['--max-rss', '1M'], 'argument missing'],
  [['--max-rss', '1M', 'java'], "'java' is not a process id"],
  [['--max-rss', 'big', '1'], "--max-rss: 'big' is not a size (500M is 500 MiB"],
  [['--max-rss', '-1', '1'], "--max-rss: '-1' is not a size"],
  [['--warn-pss', '', '1'], "--warn-pss: '' is not a size"],
  [['--max-mappings', '1M', '1'], "--max-mappings: '1M' is not a number of mappings"],
  [['--max-mappings', '0', '1'], "--max-mappings: '0' is not a number of mappings"],
  [['--max-rss', '1M', '--warn-rss', '2M', '1'], '--warn-rss is above --max-rss'],
  [['--max-growth', 'rss', '1'], "--max-growth: 'rss' is not FIGURE=SIZE/TIME (rss=10M/1m is"],
  [['--max-growth', 'rss=10M', '1'], "'rss=10M' is not FIGURE=SIZE/TIME"],
  [
    ['--max-growth', 'heap=10M/1m', '1'],
    "'heap' is not one of rss, pss, uss, swap, size, mappings",
  ],
  [['--max-growth', 'rss=much/1m', '1'], "'much' is not a size"],
  [['--max-growth', 'mappings=1M/1m', '1'], "'1M' is not a whole number"],
  [['--max-growth', 'rss=10M/soon', '1'], "'soon' is not a duration"],
  [['--max-growth', 'rss=10M/0s', '1'], "'0s' must be longer than 0"],
  [['--max-growth', 'rss=1/1m,', '1'], "'' is not FIGURE=SIZE/TIME"],
  [['--max-growth', 'rss=1/1m,rss=2/60s', '1'], 'limits the same growth twice'],
  [
    ['--max-growth', 'rss=1/1m', '--max-growth', 'pss=1/1m', '1'],
    '--max-growth is given twice: separate several limits with commas',
  ],
  [
    ['--max-growth', 'rss=1M/1m', '--warn-growth', 'rss=2M/1m', '1'],
    '--warn-growth is above --max-growth',
  ],
  [['--max-rss', '1', '--interval', '1s', '1'], 'add --wait'],
  [['--max-rss', '1', '--timeout', '1s', '1'], 'add --wait'],
  [['--max-rss', '1', '--wait', '--interval', '0', '1'], "--interval: '0' must be longer than 0"],
  [
    ['--max-rss', '1', '--wait', '--interval', 'often', '1'],
    "--interval: 'often' is not a duration",
  ],
  [['--max-rss', '1', '--wait', '--timeout', '0s', '1'], "--timeout: '0s' must be longer than 0"],
  [['--warn-rss', '1', '--wait', '1'], '--wait needs a limit to wait for: add one of --max-...'],
  [
    ['--max-growth', 'rss=1M/10s', '--wait', '--interval', '1m', '1'],
    'growth within 10s cannot be measured by checking every 1m',
  ],
  [['--max-rss', '1', '--format', 'xml', '1'], "'xml' is not one of text, json"],
  [['--max-rss', '1', '--json', '--format', 'csv', '1'], '--json contradicts --format csv'],
  [['--max-rss', '1', '-q', '--json', '1'], '-q contradicts --format json'],
];

describe('a mistake in the arguments of check', () => {
  test.each(mistakes)('%j is one line: %s', async (args, message) => {
    const { stdout, stderr, status } = await printed(['check', ...args]);
    expect(stderr).toMatch(/^tsmap: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  test.each([
    [['1'], 'no limit is given'],
    [['--max-rss', '1M'], 'argument missing'],
    [['--max-rss', 'big', '1'], "--max-rss: 'big' is not a size"],
    [['--max-rss', '1', '--wait', '1'], '--wait contradicts --format nagios'],
    [['--max-rss', '1', '--json', '1'], '--json contradicts --format nagios'],
    [['--max-rss', '1', '-q', '1'], '-q contradicts --format nagios'],
    [['--max-rss', '1', '--proc-root', '/nowhere|', '1'], "'/nowhere?' is not a directory"],
    [['--nonsense', '1'], "unrecognized option '--nonsense'"],
  ] as const)('%j is UNKNOWN to a monitoring system: %s', async (args, message) => {
    const { stdout, stderr, status } = await printed(['check', '--fo=nagios', ...args]);
    expect(stdout).toMatch(/^TSMAP UNKNOWN - [^\n|]+\n$/);
    expect(stdout).toContain(message);
    expect({ stderr, status }).toEqual({ stderr: '', status: 3 });
  });
});

test('a process that is given twice, once by the id of a thread, is checked once', async () => {
  const threads = readdirSync(`/proc/${process.pid}/task`).map(Number);
  const thread = threads.find((each) => each !== process.pid) ?? 0;
  expect(thread).toBeGreaterThan(0);
  for (const pids of [
    [thread, process.pid],
    [process.pid, thread],
  ]) {
    const { stdout, stderr, status } = await tsmap([
      'check',
      '--max-rss',
      '1',
      ...pids.map(String),
    ]);
    expect(stdout.toString()).toMatch(new RegExp(`^tsmap: ${process.pid} [^\\n]* is over 1 B\\n$`));
    expect({ stderr, status }).toEqual({ stderr: '', status: 3 });
  }
});

describe('as a monitoring plugin', () => {
  test.each([
    [
      ['--max-rss', '2M', '--warn-rss', '1500K', '1001'],
      0,
      "TSMAP OK - 1001 (sleep): rss 1.4 MiB | 'rss'=1519616B;1536000;2097152;0",
    ],
    [
      ['--max-rss', '2M', '--warn-rss', '1M', '1001'],
      1,
      "TSMAP WARNING - 1001 (sleep): rss 1.4 MiB is over 1 MiB | 'rss'=1519616B;1048576;2097152;0",
    ],
    [
      ['--max-rss', '1M', '--max-mappings', '30', '1001'],
      2,
      "TSMAP CRITICAL - 1001 (sleep): rss 1.4 MiB is over 1 MiB | 'rss'=1519616B;;1048576;0 'mappings'=24;;30;0",
    ],
    [['--max-rss', '1M', '99'], 3, 'TSMAP UNKNOWN - 99: no such process'],
    [['--max-rss', '1M', '--name', 'nobody'], 3, 'TSMAP UNKNOWN - no process matches'],
    [
      ['--warn-rss', '1M', '99', '1001'],
      3,
      "TSMAP UNKNOWN - 99: no such process; 1001 (sleep): rss 1.4 MiB is over 1 MiB | 'rss_1001'=1519616B;1048576;;0",
    ],
    [
      ['--max-rss', '1M', '99', '1001'],
      2,
      "TSMAP CRITICAL - 1001 (sleep): rss 1.4 MiB is over 1 MiB; 99: no such process | 'rss_1001'=1519616B;;1048576;0",
    ],
    [
      ['--max-rss', '1G', '1001', '2013'],
      0,
      "TSMAP OK - 2 processes within limits | 'rss_1001'=1519616B;;1073741824;0 'rss_2013'=2940928B;;1073741824;0",
    ],
    [
      ['--max-rss', '1M', '2013'],
      2,
      "TSMAP CRITICAL - 2013 (a) b (c) R 1???): rss 2.8 MiB is over 1 MiB | 'rss'=2940928B;;1048576;0",
    ],
    [
      ['--max-growth', 'rss=1M/100ms', '1001'],
      0,
      "TSMAP OK - 1001 (sleep): rss grew by 0 in 100ms | 'rss_growth_0.1s'=0B;;~:1048576",
    ],
  ])('%j ends with %d', async (args, status, line) => {
    expect(await check('--format', 'nagios', ...args)).toEqual({
      stdout: `${line}\n`,
      stderr: '',
      status,
      signal: null,
    });
  });

  test('says UNKNOWN by its status alone if the line cannot be written', async () => {
    const args = [
      'check',
      '--format',
      'nagios',
      '--max-rss',
      '1G',
      '--proc-root',
      FIXTURES,
      '1001',
    ];
    const { stderr, status } = await tsmap(args, { stdout: 'full' });
    expect({ stderr, status }).toEqual({
      stderr: 'tsmap: write error: No space left on device\n',
      status: 3,
    });
  });
});

describe('a check whose lines cannot be written', () => {
  const args = (limit: string, ...more: string[]) => [
    'check',
    '--proc-root',
    FIXTURES,
    '--max-rss',
    limit,
    ...more,
    '1001',
  ];

  test.each([[[]], [['--json']], [['--format', 'csv']]])(
    'still ends with 3 if a limit is exceeded: %j',
    async (more) => {
      const { stderr, status } = await tsmap(args('1M', ...more), { stdout: 'full' });
      expect({ stderr, status }).toEqual({
        stderr: 'tsmap: write error: No space left on device\n',
        status: 3,
      });
    },
  );

  test('ends with 1 if all limits are kept', async () => {
    const { status } = await tsmap(args('1G', '--json'), { stdout: 'full' });
    expect(status).toBe(1);
  });
});

describe('for programs, a check', () => {
  const args = [
    '--max-rss',
    '1M',
    '--warn-size',
    '1M',
    '--max-growth',
    'rss=1M/100ms',
    '1001',
    '99',
  ];
  const records = [
    { figure: 'rss_bytes', value: 1519616, max: 1048576, level: 'exceeded', exceeded: true },
    { figure: 'size_bytes', value: 2564096, warn: 1048576, level: 'warning', exceeded: false },
    {
      ...{ figure: 'rss_bytes', window_ms: 100, measured_ms: 100 },
      ...{ value: 0, max: 1048576, level: 'ok', exceeded: false },
    },
  ].map((record) => ({ pid: 1001, comm: 'sleep', command: '/usr/bin/sleep 600', ...record }));

  test('is a JSON document', async () => {
    const { stdout, status } = await check('--json', ...args);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'tsmap.check/1',
      taken_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      exceeded: true,
      checks: records,
      problems: [{ pid: 99, code: 'no-such-process', message: 'no such process' }],
    });
    expect(status).toBe(3);
  });

  test('has the exact bytes of a name that is not UTF-8', async () => {
    const root = makeProcRoot();
    root.add(7, 1001, 100);
    writeFileSync(
      `${root.path}/7/stat`,
      readFileSync(`${root.path}/7/stat`, 'latin1').replace('(sleep)', '(a\xffb)'),
      'latin1',
    );
    const { stdout } = await tsmap([
      ...['check', '--format', 'ndjson', '--max-rss', '1G', '--proc-root', root.path, '7'],
    ]);
    root.cleanUp();
    expect(JSON.parse(stdout.toString())).toMatchObject({ comm: 'a\ufffdb', comm_base64: 'Yf9i' });
  });

  test('is an object on each line', async () => {
    const { stdout } = await check('--format', 'ndjson', ...args);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(records);
  });

  test('is rows of values below a row of names', async () => {
    const { stdout } = await check('--format', 'csv', ...args);
    expect(stdout).toBe(
      [
        'pid,comm,comm_base64,command,command_base64,figure,window_ms,measured_ms,value,warn,max,level,exceeded',
        '1001,sleep,,/usr/bin/sleep 600,,rss_bytes,,,1519616,,1048576,exceeded,true',
        '1001,sleep,,/usr/bin/sleep 600,,size_bytes,,,2564096,1048576,,warning,false',
        '1001,sleep,,/usr/bin/sleep 600,,rss_bytes,100,100,0,,1048576,ok,false',
        '',
      ].join('\n'),
    );
  });
});
