import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIMITED, type LimitedFigure } from '../../../src/verbs/check/limits.ts';
import { tsmap } from '../../support/program.ts';
import { check } from '../../support/verbs/check.ts';

const KIB = 1024;
const SLEEP_RSS = 1484 * KIB;

describe('a limit', () => {
  test.each([
    ['--max-rss', SLEEP_RSS, 'rss 1519616 B is over 1519615 B'],
    ['--max-pss', 232 * KIB, 'pss 237568 B is over 237567 B'],
    ['--max-uss', 96 * KIB, 'uss 98304 B is over 98303 B'],
    ['--max-size', 2504 * KIB, 'size 2564096 B is over 2564095 B'],
    ['--max-mappings', 23, 'mappings 23 is over 22'],
  ])('%s %d is exceeded only by a larger value', async (option, value, breach) => {
    const unit = option === '--max-mappings' ? '' : 'B';
    expect(await check(option, `${value}${unit}`, '1001')).toEqual({
      stdout: '',
      stderr: '',
      status: 0,
      signal: null,
    });
    expect(await check(option, `${value - 1}${unit}`, '1001')).toEqual({
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

  /** Of the fixture 1001, from its status, smaps_rollup and maps. */
  const VALUES: Readonly<Record<LimitedFigure, number>> = {
    rss: 1484 * KIB,
    pss: 232 * KIB,
    uss: 96 * KIB,
    swap: 0,
    size: 2504 * KIB,
    mappings: 23,
    peak: 1484 * KIB,
    peak_size: 2500 * KIB,
    rss_anon: 96 * KIB,
    rss_file: 1388 * KIB,
    rss_shmem: 0,
    page_tables: 44 * KIB,
    lazy_free: 0,
    hugetlb: 0,
  };

  test.each(LIMITED)('of %s is compared with its value', async (id) => {
    const name = id.replaceAll('_', '-');
    const unit = id === 'mappings' ? '' : 'B';
    const { stdout, stderr, status } = await check(`--max-${name}`, `1${unit}`, '--json', '1001');
    const [checked] = JSON.parse(stdout).checks;
    const isOver = VALUES[id] > 1;
    expect(checked).toMatchObject({ value: VALUES[id], max: 1, exceeded: isOver });
    expect({ stderr, status }).toEqual({ stderr: '', status: isOver ? 3 : 0 });
  });

  test.each(LIMITED)('of %s can be a warning, which does not change the status', async (id) => {
    const name = id.replaceAll('_', '-');
    const { stdout, stderr, status } = await check(
      `--warn-${name}`,
      id === 'mappings' ? '1' : '1B',
      '1001',
    );
    const text =
      VALUES[id] > 1 ? `^tsmap: warning: 1001 \\(sleep\\): ${id} [^\n]* is over 1` : '^$';
    expect(stdout).toMatch(new RegExp(text));
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
    const args = ['--max-rss', '2M', '--max-mappings', '22', '1002', '1001', '34751'];
    const breaches = [
      'tsmap: 1002 (python3): rss 7.5 MiB is over 2 MiB',
      'tsmap: 1002 (python3): mappings 42 is over 22',
      'tsmap: 1001 (sleep): mappings 23 is over 22',
      'tsmap: 34751 (python): rss 16.0 MiB is over 2 MiB',
      'tsmap: 34751 (python): mappings 40 is over 22',
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
      '1B',
      ...pids.map(String),
    ]);
    expect(stdout.toString()).toMatch(new RegExp(`^tsmap: ${process.pid} [^\\n]* is over 1 B\\n$`));
    expect({ stderr, status }).toEqual({ stderr: '', status: 3 });
  }
});
