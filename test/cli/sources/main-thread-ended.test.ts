import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  readMaps,
  readProcessHead,
  readRollup,
  readSmaps,
  takeSnapshot,
} from '../../../src/index.ts';
import { type Subject, startReady, stateOf, testProgram, until } from '../../support/processes.ts';
import { type Result, tsmap } from '../../support/program.ts';

const MIB_64 = 65_536;
let headless: Subject;
let churning: Subject;

beforeAll(async () => {
  headless = await startReady(testProgram('headless'));
  churning = await startReady(testProgram('headless'), ['churn']);
  for (const { pid } of [headless, churning]) {
    await until(() => stateOf(pid) === 'Z', 'the main thread does not end');
  }
});

afterAll(async () => {
  await headless.end();
  await churning.end();
});

/** The first thread that lives; the main one has ended. */
function livingThread(): string {
  const pid = String(headless.pid);
  return readdirSync(`/proc/${pid}/task`).find((tid) => tid !== pid) ?? '';
}

/** Runs both again, a few times, if their outputs differ. */
async function untilEqual(
  one: () => Promise<Result>,
  other: () => Promise<Result>,
): Promise<readonly [Result, Result]> {
  for (let left = 9; ; left--) {
    const both = [await one(), await other()] as const;
    if (left === 0 || both[0].stdout.equals(both[1].stdout)) return both;
  }
}

describe('a process whose main thread has ended while another runs', () => {
  test.each([
    [[]],
    [['-x']],
    [['-d']],
    [['-X']],
    [['-XX']],
    [['-x', '--layout', 'procps']],
    [['-p', '-q']],
    [['--columns', 'address,size,mapping']],
    [['--group-by', 'kind', '--columns', 'size']],
    [['--format', 'csv', '--columns', 'address,perm']],
  ])('is shown as its living thread is, by tsmap %j', async (options) => {
    // The PSS of libraries changes when other processes that map them begin or end.
    const [whole, thread] = await untilEqual(
      () => tsmap([...options, String(headless.pid)]),
      () => tsmap([...options, livingThread()]),
    );
    expect(whole.stdout.toString()).toBe(thread.stdout.toString());
    expect(whole.stdout.toString().split('\n').length).toBeGreaterThan(3);
    expect(whole).toMatchObject({ stderr: '', status: 0 });
  });

  test('has the total that its pages have', async () => {
    const { stdout } = await tsmap(['-x', '-A', '0,ffffffffffff', String(headless.pid)]);
    const [, rss] = /^total kB +\d+ +(\d+)/m.exec(stdout.toString()) ?? [];
    expect(Number(rss)).toBeGreaterThan(MIB_64);
  });

  test('exceeds its limit: check never says that it has ended', async () => {
    const run = await tsmap(['check', '--max-rss', '1M', String(headless.pid)]);
    expect(run.status).toBe(3);
    expect(run.stdout + run.stderr).toMatch(/\(headless\): rss 6\d\.\d MiB is over 1 MiB/);
    const size = await tsmap(['check', '--max-size', '1M', String(headless.pid)]);
    expect(size.status).toBe(3);
  });

  test.each([
    [['summary', '--total', '--columns', 'rss']],
    [['summary', '--totals-only']],
    [['summary', '--group-by', 'kind']],
  ])('is summed up, by tsmap %j', async (args) => {
    const { stdout, status } = await tsmap([...args, String(headless.pid)]);
    expect(status).toBe(0);
    expect(stdout.toString()).toMatch(/\b6[5-9]\d\d\d\b/);
  });

  test('is found by its name, its command line and as a child', async () => {
    const byName = ['--name', '^headless$', '--full'].slice(0, 2);
    for (const chosen of [
      byName,
      ['--full', '--name', 'programs/headless$'],
      ['--children', String(headless.pid)],
    ]) {
      const { stdout } = await tsmap(['summary', '--totals-only', ...chosen]);
      expect(stdout.toString()).toContain('headless');
      expect(stdout.toString()).toMatch(/\b6[5-9]\d\d\d\b/);
    }
  });

  test('is watched, recorded and compared', async () => {
    const pid = String(headless.pid);
    const watched = await tsmap(['watch', '--count', '1', '--plain', '-q', pid]);
    expect(watched.stdout.toString()).toMatch(/\b6[5-9]\d\d\d\b.* headless$/m);
    const file = join(mkdtempSync(join(tmpdir(), 'tsmap-headless-')), 'r.tsmap');
    const recorded = await tsmap(['record', pid, '-o', file, '--count', '1']);
    expect(recorded.status).toBe(0);
    expect(existsSync(file)).toBe(true);
    const compared = await tsmap(['diff', file, pid]);
    expect(compared).toMatchObject({ stderr: '', status: 0 });
    const printed = async (args: string[]) => (await tsmap(args)).stdout.toString();
    expect(await printed(['-x', '--from', file])).toBe(await printed(['-x', pid]));
  });

  test('is read by the library', () => {
    const { pid } = headless;
    const head = readProcessHead(pid);
    expect(head).toMatchObject({ pid, comm: 'headless', state: 'S' });
    expect([...readMaps(pid)].length).toBeGreaterThan(5);
    expect([...readSmaps(pid)].length).toBeGreaterThan(5);
    expect(takeSnapshot(pid).totals.rssKib).toBeGreaterThan(MIB_64);
    expect(readRollup(pid)?.rssKib).toBeGreaterThan(MIB_64);
  });
});

test('a process whose threads come and go after its main thread is read again until one stays', async () => {
  for (const args of [['-x'], ['summary', '--total', '--columns', 'rss']]) {
    const { stdout, stderr, status } = await tsmap([...args, String(churning.pid)]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout.toString()).toMatch(/\b6[5-9]\d\d\d\b/);
  }
});

test('a kernel thread has no memory rather than none of it', async () => {
  const { stdout } = await tsmap(['summary', '--totals-only', '--json', '2']);
  const [thread] = JSON.parse(stdout.toString()).processes;
  expect(thread).toMatchObject({ pid: 2, comm: 'kthreadd' });
  expect(thread).not.toHaveProperty('rss_bytes');
  const watched = await tsmap(['watch', '--count', '1', '--json', '2']);
  expect(watched.stdout.toString()).not.toContain('"rss_bytes":0');
  expect(await tsmap(['check', '--max-rss', '1M', '2'])).toMatchObject({ stderr: '', status: 0 });
  expect(readRollup(2)?.rssKib).toBeUndefined();
});
