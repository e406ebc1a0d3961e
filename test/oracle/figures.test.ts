import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  endProcessesAfterwards,
  startReady,
  type Subject,
  testProgram,
} from '../support/processes.ts';
import { tsmap } from '../support/program.ts';

endProcessesAfterwards();

const MIB = 1024 * 1024;
/** The C library, the program and the page tables of both. */
const LITTLE = 4 * MIB;

let subject: Subject;
beforeAll(async () => {
  subject = await startReady(testProgram('freed'));
  await subject.stop();
});

/** The lines with sizes of a file of the process, in bytes. */
function linesOf(file: string): Record<string, number> {
  const text = readFileSync(`/proc/${subject.pid}/${file}`, 'utf8');
  return Object.fromEntries(
    [...text.matchAll(/^(\w+):\s+(\d+) kB$/gm)].map(([, key = '', kib]) => [
      key,
      Number(kib) * 1024,
    ]),
  );
}

async function summary(...args: readonly string[]): Promise<Record<string, number>> {
  const { stdout } = await tsmap(['summary', '--json', ...args, String(subject.pid)]);
  return JSON.parse(stdout.toString()).processes[0];
}

/** What check says that a figure is. */
async function checked(id: string, ...args: readonly string[]): Promise<number> {
  const limit = [`--max-${id.replaceAll('_', '-')}`, id === 'mappings' ? '1000000' : '1T'];
  const { stdout } = await tsmap(['check', '--json', ...limit, ...args, String(subject.pid)]);
  return JSON.parse(stdout.toString()).checks[0].value;
}

async function watched(
  columns: string,
  ...args: readonly string[]
): Promise<Record<string, number>> {
  const options = ['--format', 'ndjson', '-q', '--count', '1', '--columns', columns, ...args];
  const { stdout } = await tsmap(['watch', ...options, String(subject.pid)]);
  return JSON.parse(stdout.toString());
}

/** Figures of the kernel's own files, and where each is. */
const FIGURES = [
  { id: 'peak', file: 'status', key: 'VmHWM', least: 32 * MIB },
  { id: 'peak_size', file: 'status', key: 'VmPeak', least: 32 * MIB },
  { id: 'rss_anon', file: 'status', key: 'RssAnon', least: 16 * MIB },
  { id: 'rss_file', file: 'status', key: 'RssFile', least: 1 },
  { id: 'rss_shmem', file: 'status', key: 'RssShmem', least: 4 * MIB },
  { id: 'page_tables', file: 'status', key: 'VmPTE', least: 1 },
  { id: 'hugetlb', file: 'status', key: 'HugetlbPages', least: 0 },
  { id: 'lazy_free', file: 'smaps_rollup', key: 'LazyFree', least: 7 * MIB },
] as const;

describe('of a stopped process whose memory is known', () => {
  test.each(FIGURES)('$id is $key of $file, in each verb', async ({ id, file, key, least }) => {
    const expected = linesOf(file)[key];
    expect(expected).toBeGreaterThanOrEqual(least);
    expect((await summary())[`${id}_bytes`]).toBe(expected);
    expect((await summary('--totals-only'))[`${id}_bytes`]).toBe(expected);
    expect(await checked(id)).toBe(expected);
    expect((await watched(id))[`${id}_bytes`]).toBe(expected);
  });

  test('what is freed lazily is still in RSS, and the peak is what was there', async () => {
    const { rss_bytes = 0, lazy_free_bytes, peak_bytes = 0, uss_bytes = 0 } = await summary();
    // The kernel marks pages in batches, the last of which may still wait.
    expect(lazy_free_bytes).toBeGreaterThan(7 * MIB);
    expect(rss_bytes).toBeGreaterThan(20 * MIB);
    expect(rss_bytes).toBeLessThan(20 * MIB + LITTLE);
    expect(uss_bytes).toBeGreaterThan(20 * MIB);
    expect(peak_bytes).toBeGreaterThan(32 * MIB);
    expect(peak_bytes).toBeLessThan(32 * MIB + LITTLE);
  });

  test.each([
    { id: 'rss', key: 'VmRSS' },
    { id: 'swap', key: 'VmSwap' },
    { id: 'peak', key: 'VmHWM' },
    { id: 'size', key: 'VmSize' },
  ])('--quick has $id from $key of status', async ({ id, key }) => {
    expect(await checked(id, '--quick')).toBe(linesOf('status')[key]);
    if (id === 'size') return;
    expect((await watched(id, '--quick'))[`${id}_bytes`]).toBe(linesOf('status')[key]);
  });

  test('RSS of --quick is that of the totals, but for some pages of each processor', async () => {
    const pages = 64 * Number(spawnSync('nproc', ['--all'], { encoding: 'utf8' }).stdout);
    const difference = (await checked('rss', '--quick')) - (await checked('rss'));
    expect(Math.abs(difference)).toBeLessThanOrEqual(pages * 4096);
  });

  const hasPsutil = spawnSync('/usr/bin/python3', ['-c', 'import psutil']).status === 0;
  if (!hasPsutil) console.warn('skipped: --quick against psutil: it is not installed');
  test.runIf(hasPsutil)(
    'RSS of --quick is that of psutil, which ps and top show as well',
    async () => {
      const code = 'import psutil, sys; print(psutil.Process(int(sys.argv[1])).memory_info().rss)';
      const args = ['-c', code, String(subject.pid)];
      const { stdout } = spawnSync('/usr/bin/python3', args, { encoding: 'utf8' });
      expect(await checked('rss', '--quick')).toBe(Number(stdout));
    },
  );

  test('the mappings are counted as the kernel does, without [vsyscall]', async () => {
    const lines = readFileSync(`/proc/${subject.pid}/maps`, 'utf8').trimEnd().split('\n');
    const own = lines.filter((line) => !line.endsWith('[vsyscall]')).length;
    expect((await summary())['mappings']).toBe(own);
    expect(await checked('mappings')).toBe(own);
  });
});
