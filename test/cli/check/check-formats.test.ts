import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeProcRoot } from '../../support/proc/proc-root.ts';
import { FIXTURES, tsmap } from '../../support/program.ts';
import { check } from '../../support/verbs/check.ts';

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
      "TSMAP CRITICAL - 1001 (sleep): rss 1.4 MiB is over 1 MiB | 'rss'=1519616B;;1048576;0 'mappings'=23;;30;0",
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

  test('reports UNKNOWN only by its status if the line cannot be written', async () => {
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
    const stat = readFileSync(`${root.path}/7/stat`, 'latin1').replace('(sleep)', '(a\xffb)');
    root.write(7, 'stat', Buffer.from(stat, 'latin1'));
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
