import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { FollowRequest } from '../../../../src/sources/follower.ts';
import { type CheckRequest, checkProcesses } from '../../../../src/verbs/check/check-processes.ts';
import { type Limit, limitedColumn } from '../../../../src/verbs/check/limits.ts';
import { readingTimes, type WaitOptions } from '../../../../src/verbs/check/schedule.ts';
import { breachLine } from '../../../../src/verbs/check/verdict-text.ts';
import { controlledClock } from '../../../support/clock.ts';
import { makeProcRoot } from '../../../support/proc/proc-root.ts';
import { FIXTURES, ROOT } from '../../../support/program.ts';

const MIB = 1024 ** 2;
const root = makeProcRoot();
afterAll(() => root.cleanUp());

const never = new AbortController().signal;
const rollup = readFileSync(join(ROOT, FIXTURES, '1001/smaps_rollup'), 'latin1');
const maxRss = (max: number): Limit => ({ column: limitedColumn('rss'), max });
const growth = (max: number, windowMs: number): Limit => ({ ...maxRss(max), windowMs });

function setRss(pid: number, mib: number): void {
  const line = `Rss: ${String(mib * 1024).padStart(19)} kB`;
  root.write(pid, 'smaps_rollup', rollup.replace(/^Rss:.*$/m, line));
}

function listed(...pids: number[]): FollowRequest {
  const targets = () => ({ pids, problems: [] });
  return { targets, listed: new Set(pids), isDescribed: false };
}

function described(now: () => readonly number[]): FollowRequest {
  const targets = () => ({ pids: now(), problems: [] });
  return { targets, listed: new Set(), isDescribed: true };
}

/** Runs a check; `onSleep` is called before each reading but the first, with its number from 1. */
async function run(
  request: Omit<CheckRequest, 'root'>,
  onSleep: (sleep: number, durationMs: number) => void = () => {},
) {
  let sleeps = 0;
  const clock = controlledClock(0, (durationMs) => onSleep(++sleeps, durationMs));
  const startMs = clock.monotonicMs();
  const said: string[] = [];
  const processes = await checkProcesses(
    { ...request, root: root.path },
    {
      onProblem: ({ pid, code }) => said.push(`${pid} ${code}`),
      onWaiting: () => said.push('waiting'),
    },
    clock,
    never,
  );
  const breaches = processes.flatMap(({ head, verdicts }) =>
    verdicts.filter(({ level }) => level === 'exceeded').map((each) => breachLine(head, each)),
  );
  return { breaches, said, count: processes.length, tookMs: clock.monotonicMs() - startMs };
}

async function timesOf(limits: readonly Limit[], wait?: WaitOptions): Promise<number[]> {
  const found: number[] = [];
  for await (const atMs of readingTimes(limits, wait, controlledClock(0), never)) {
    found.push(atMs);
    if (found.length === 6) break;
  }
  return found;
}

describe('a check reads', () => {
  test.each<[string, Limit[], WaitOptions | undefined, number[]]>([
    ['once', [maxRss(1)], undefined, [0]],
    ['at both ends of a window', [growth(1, 60_000)], undefined, [0, 60_000]],
    [
      'at the beginning of each window and at their common end',
      [growth(1, 60_000), growth(1, 10_000), growth(2, 10_000), maxRss(1)],
      undefined,
      [0, 50_000, 60_000],
    ],
    [
      'every interval until the timeout',
      [maxRss(1)],
      { intervalMs: 1000, timeoutMs: 3000 },
      [0, 1000, 2000, 3000],
    ],
    [
      'once more at the timeout itself',
      [maxRss(1)],
      { intervalMs: 1000, timeoutMs: 2500 },
      [0, 1000, 2000, 2500],
    ],
    [
      'at both ends of a timeout below the interval',
      [maxRss(1)],
      { intervalMs: 1000, timeoutMs: 10 },
      [0, 10],
    ],
    [
      'forever without a timeout',
      [maxRss(1)],
      { intervalMs: 1000 },
      [0, 1000, 2000, 3000, 4000, 5000],
    ],
  ])('%s', async (_, limits, wait, expected) => {
    expect(await timesOf(limits, wait)).toEqual(expected);
  });
});

describe('a check', () => {
  beforeEach(() => {
    for (const pid of [7, 8]) root.remove(pid);
    root.add(7, 1001, 100);
    setRss(7, 100);
  });

  test('of growth compares the end of the window with its beginning', async () => {
    const request = { follow: listed(7), limits: [growth(10 * MIB, 60_000)] };
    const grown = await run(request, () => setRss(7, 111));
    expect(grown).toMatchObject({
      breaches: ['7 (sleep): rss grew by 11 MiB in 1m, over 10 MiB'],
      tookMs: 60_000,
    });
    expect((await run(request, () => setRss(7, 121))).breaches).toEqual([]);
    expect((await run(request, () => setRss(7, 1))).breaches).toEqual([]);
  });

  test('of growth compares figures with their limits at its end', async () => {
    const request = { follow: listed(7), limits: [maxRss(100 * MIB), growth(MIB, 1000)] };
    expect((await run(request, () => setRss(7, 101))).breaches).toEqual([
      '7 (sleep): rss 101 MiB is over 100 MiB',
    ]);
  });

  test('of growth reports a process that ends meanwhile, and judges the others', async () => {
    root.add(8, 1001, 100);
    setRss(8, 100);
    const request = { follow: listed(7, 8), limits: [growth(MIB, 1000)] };
    const { said, breaches } = await run(request, () => {
      root.remove(7);
      setRss(8, 200);
    });
    expect(said).toEqual(['7 no-such-process']);
    expect(breaches).toEqual(['8 (sleep): rss grew by 100 MiB in 1s, over 1 MiB']);
  });

  test('of growth does not mix up two processes that had the same id', async () => {
    const request = { follow: listed(7), limits: [growth(MIB, 1000)] };
    const recycle = () => {
      root.add(7, 1001, 200);
      setRss(7, 500);
    };
    expect(await run(request, recycle)).toMatchObject({
      said: ['7 no-such-process'],
      breaches: [],
      count: 0,
    });
    const byName = { follow: described(() => [7]), limits: [growth(MIB, 1000)] };
    root.add(7, 1001, 300);
    expect(await run(byName, recycle)).toMatchObject({ said: [], breaches: [], count: 1 });
  });

  test('does not wait for the end of a window if no process is left', async () => {
    const request = { follow: listed(9), limits: [growth(MIB, 60_000)] };
    expect(await run(request)).toMatchObject({ said: ['9 no-such-process'], tookMs: 0 });
  });

  test('of a description that no process matches ends at once', async () => {
    const request = { follow: described(() => []), limits: [growth(MIB, 60_000)] };
    expect(await run(request)).toEqual({ breaches: [], said: [], count: 0, tookMs: 0 });
  });
});

describe('a check that waits', () => {
  const wait = { intervalMs: 1000, timeoutMs: 10_000 };
  beforeEach(() => {
    for (const pid of [7, 8]) root.remove(pid);
    root.add(7, 1001, 100);
    setRss(7, 100);
  });

  test('ends when the first limit is exceeded', async () => {
    const request = { follow: listed(7), limits: [maxRss(100 * MIB)], wait };
    const grow = (sleep: number) => setRss(7, sleep === 4 ? 101 : 100);
    expect(await run(request, grow)).toMatchObject({
      breaches: ['7 (sleep): rss 101 MiB is over 100 MiB'],
      tookMs: 4000,
    });
  });

  test('does not end with a warning', async () => {
    const limits = [{ ...maxRss(100 * MIB), warn: MIB }];
    expect(await run({ follow: listed(7), limits, wait })).toMatchObject({
      breaches: [],
      count: 1,
      tookMs: 10_000,
    });
  });

  test('finds growth within any window, not over a longer time', async () => {
    const request = { follow: listed(7), limits: [growth(5 * MIB, 3000)], wait };
    const slowly = await run(request, (sleep) => setRss(7, 100 + sleep));
    expect(slowly).toMatchObject({ breaches: [], tookMs: 10_000 });
    const steps = [100, 100, 100, 102, 104, 106, 106];
    const suddenly = await run(request, (sleep) => setRss(7, steps[sleep] ?? 106));
    expect(suddenly).toMatchObject({
      breaches: ['7 (sleep): rss grew by 6 MiB in 3s, over 5 MiB'],
      tookMs: 5000,
    });
  });

  test('continues while one of two processes is left, and ends when none is', async () => {
    root.add(8, 1001, 100);
    const request = { follow: listed(7, 8), limits: [maxRss(MIB ** 2)], wait };
    const ending = (sleep: number) => {
      if (sleep === 2) root.remove(7);
      if (sleep === 5) root.setState(8, 'Z');
    };
    expect(await run(request, ending)).toMatchObject({
      said: ['7 no-such-process', '8 no-such-process'],
      count: 0,
      tookMs: 5000,
    });
  });

  test('ends when another process gets the id', async () => {
    const request = { follow: listed(7), limits: [maxRss(200 * MIB)], wait };
    const recycle = (sleep: number) => {
      if (sleep !== 3) return;
      root.add(7, 1001, 200);
      setRss(7, 500);
    };
    expect(await run(request, recycle)).toMatchObject({
      said: ['7 no-such-process'],
      breaches: [],
      tookMs: 3000,
    });
  });

  test('waits for a matching process to start, and to start again', async () => {
    let pids: number[] = [];
    const request = { follow: described(() => pids), limits: [maxRss(100 * MIB)], wait };
    const coming = (sleep: number) => {
      pids = sleep === 3 || sleep >= 6 ? [7] : [];
      if (sleep === 7) setRss(7, 101);
    };
    expect(await run(request, coming)).toMatchObject({
      said: ['waiting'],
      breaches: ['7 (sleep): rss 101 MiB is over 100 MiB'],
      tookMs: 7000,
    });
  });
});
