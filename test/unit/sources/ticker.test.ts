import { describe, expect, test } from 'vitest';
import { type Schedule, ticks } from '../../../src/sources/ticker.ts';
import { type ControlledClock, controlledClock } from '../../support/clock.ts';

const START_MS = Date.UTC(2026, 10, 22, 10, 0, 0);

/**
 * Runs a schedule; `work` lets time pass in each tick. Returns the ticks, each with its time from
 * the start.
 */
async function run(
  schedule: Schedule,
  work: (index: number, clock: ControlledClock, abort: () => void) => void = () => {},
  clock = controlledClock(START_MS),
) {
  const controller = new AbortController();
  const startMs = clock.monotonicMs();
  const came: { index: number; missed: number; atMs: number }[] = [];
  for await (const tick of ticks(schedule, clock, controller.signal)) {
    came.push({ ...tick, atMs: clock.monotonicMs() - startMs });
    work(tick.index, clock, () => controller.abort());
  }
  return came;
}

describe('ticks', () => {
  test('come at once, then at each interval, as many as are asked for', async () => {
    expect(await run({ intervalMs: 5000, count: 3 })).toEqual([
      { index: 0, missed: 0, atMs: 0 },
      { index: 1, missed: 0, atMs: 5000 },
      { index: 2, missed: 0, atMs: 10_000 },
    ]);
  });

  test('do not drift, however long the work of each takes', async () => {
    const came = await run({ intervalMs: 1000, count: 10_000 }, (index, clock) =>
      clock.pass(index % 997),
    );
    expect(came.at(-1)).toEqual({ index: 9999, missed: 0, atMs: 9_999_000 });
  });

  test('that are due during the work of another are missed, counted, and not made up for', async () => {
    const came = await run({ intervalMs: 1000, count: 5 }, (index, clock) =>
      clock.pass(index === 1 ? 3500 : 10),
    );
    expect(came).toEqual([
      { index: 0, missed: 0, atMs: 0 },
      { index: 1, missed: 0, atMs: 1000 },
      { index: 4, missed: 2, atMs: 4500 },
      { index: 5, missed: 0, atMs: 5000 },
      { index: 6, missed: 0, atMs: 6000 },
    ]);
  });

  test('whose time has just come when the work ends are not missed', async () => {
    const came = await run({ intervalMs: 1000, count: 3 }, (_, clock) => clock.pass(1000));
    expect(came.map(({ index, missed }) => [index, missed])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
  });

  test('end with the duration, a tick at its very end included', async () => {
    expect(await run({ intervalMs: 1000, durationMs: 2000 })).toHaveLength(3);
    expect(await run({ intervalMs: 1000, durationMs: 1999 })).toHaveLength(2);
    expect(await run({ intervalMs: 1000, durationMs: 1 })).toHaveLength(1);
  });

  test('end at once when they are aborted, during the work or the sleep', async () => {
    expect(
      await run({ intervalMs: 1000 }, (index, _, abort) => index === 2 && abort()),
    ).toHaveLength(3);
    const controller = new AbortController();
    const clock = controlledClock(START_MS, () => controller.abort());
    let count = 0;
    for await (const _ of ticks({ intervalMs: 1000 }, clock, controller.signal)) count++;
    expect(count).toBe(1);
  });

  test('continue to wait if a timer ends early', async () => {
    const clock = controlledClock(START_MS);
    const early = { ...clock, sleep: async (ms: number) => clock.pass(Math.min(ms, 700)) };
    const controller = new AbortController();
    const at: number[] = [];
    for await (const _ of ticks({ intervalMs: 1000, count: 3 }, early, controller.signal)) {
      at.push(clock.monotonicMs());
    }
    expect(at).toEqual([1000, 2000, 3000]);
  });

  test('that are due while the whole program is stopped are missed as well', async () => {
    const clock = controlledClock(START_MS);
    let sleeps = 0;
    const stopped = {
      ...clock,
      sleep: async (ms: number) => clock.pass(++sleeps === 2 ? ms + 2300 : ms),
    };
    const came: unknown[] = [];
    const { signal } = new AbortController();
    for await (const tick of ticks({ intervalMs: 1000, count: 4 }, stopped, signal)) {
      came.push([tick.index, tick.missed, clock.monotonicMs() - 1000]);
    }
    expect(came).toEqual([
      [0, 0, 0],
      [1, 0, 1000],
      [4, 2, 4300],
      [5, 0, 5000],
    ]);
  });

  test("do not change when the machine's clock is set", async () => {
    const came = await run({ intervalMs: 1000, count: 3 }, (_, clock) =>
      clock.setEpochMs(START_MS - 86_400_000),
    );
    expect(came.map(({ atMs }) => atMs)).toEqual([0, 1000, 2000]);
  });
});
