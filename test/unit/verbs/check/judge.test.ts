import { describe, expect, test } from 'vitest';
import { FIGURES } from '../../../../src/columns/figures.ts';
import { Judge, levelOf } from '../../../../src/verbs/check/judge.ts';
import {
  LIMITED,
  type Limit,
  limitedColumn,
  type Verdict,
} from '../../../../src/verbs/check/limits.ts';

const rss = limitedColumn('rss');
const swap = limitedColumn('swap');

describe('a figure compared with its limits', () => {
  test.each<[Pick<Limit, 'warn' | 'max'>, number, Verdict['level']]>([
    [{ max: 100 }, 99, 'ok'],
    [{ max: 100 }, 100, 'ok'],
    [{ max: 100 }, 101, 'exceeded'],
    [{ warn: 50 }, 50, 'ok'],
    [{ warn: 50 }, 51, 'warning'],
    [{ warn: 50, max: 100 }, 100, 'warning'],
    [{ warn: 50, max: 100 }, 101, 'exceeded'],
    [{ max: 0 }, 0, 'ok'],
    [{ max: 0 }, 1, 'exceeded'],
    [{ max: 0 }, -1, 'ok'],
  ])('with %j %d is %s', (limit, value, level) => {
    expect(levelOf({ column: rss, ...limit }, value)).toBe(level);
  });

  test.each(LIMITED)('%s is one of the figures that a summary explains', (id) => {
    expect(FIGURES.map(({ column }) => column.id)).toContain(id);
    expect(limitedColumn(id).id).toBe(id);
  });
});

describe('growth', () => {
  /** Judges readings of rss one by one; returns growth, measured time and level after each. */
  function growths(windowMs: number, readings: readonly (readonly [number, number])[]) {
    const judge = new Judge([{ column: rss, windowMs, max: 10 }]);
    return readings.map(([atMs, value]) =>
      judge
        .judge(atMs, new Map([['rss', value]]))
        .flatMap((verdict) => [verdict.value, verdict.measuredMs, verdict.level]),
    );
  }

  test('is the change over the window; after one reading there is none', () => {
    expect(
      growths(60_000, [
        [0, 100],
        [60_000, 110],
      ]),
    ).toEqual([[], [10, 60_000, 'ok']]);
    expect(
      growths(60_000, [
        [0, 100],
        [60_000, 111],
      ]),
    ).toEqual([[], [11, 60_000, 'exceeded']]);
  });

  test('forgets readings that are older than the window', () => {
    expect(
      growths(2000, [
        [0, 0],
        [1000, 6],
        [2000, 10],
        [3000, 16],
        [4000, 21],
        [5000, 11],
      ]),
    ).toEqual([
      [],
      [6, 1000, 'ok'],
      [10, 2000, 'ok'],
      [10, 2000, 'ok'],
      [11, 2000, 'exceeded'],
      [-5, 2000, 'ok'],
    ]);
  });

  test('is known before a full window has passed', () => {
    expect(
      growths(60_000, [
        [0, 100],
        [1000, 111],
      ]),
    ).toEqual([[], [11, 1000, 'exceeded']]);
  });

  test('is measured over a part of the window if readings were missed', () => {
    expect(
      growths(3000, [
        [0, 0],
        [2000, 5],
        [5000, 9],
        [9000, 30],
      ]),
    ).toEqual([[], [5, 2000, 'ok'], [4, 3000, 'ok'], []]);
  });

  test('of several figures has a window for each, beside limits on the figures', () => {
    const judge = new Judge([
      { column: rss, max: 100 },
      { column: rss, windowMs: 2000, max: 5 },
      { column: swap, windowMs: 1000, warn: 1 },
    ]);
    const judged = [0, 1000, 2000].map((atMs) =>
      judge
        .judge(
          atMs,
          new Map([
            ['rss', 98 + (3 * atMs) / 1000],
            ['swap', (2 * atMs) / 1000],
          ]),
        )
        .map(({ limit, value, level }) => `${limit.column.id} ${value} ${level}`),
    );
    expect(judged).toEqual([
      ['rss 98 ok'],
      ['rss 101 exceeded', 'rss 3 ok', 'swap 2 warning'],
      ['rss 104 exceeded', 'rss 6 exceeded', 'swap 2 warning'],
    ]);
  });

  test('takes no more memory as time goes on', () => {
    const judge = new Judge([{ column: rss, windowMs: 60_000, max: 1 }]);
    const heapBytes = () => process.memoryUsage().heapUsed;
    const before = heapBytes();
    // 11 days of readings every second; a map for each reading would be 200 MiB.
    for (let second = 0; second < 1_000_000; second++) {
      judge.judge(second * 1000, new Map([['rss', second]]));
    }
    expect(heapBytes() - before).toBeLessThan(64 * 1024 ** 2);
  });
});
