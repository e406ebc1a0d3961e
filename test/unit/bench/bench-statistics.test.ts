import { describe, expect, test } from 'vitest';
import { usageIn } from '../../bench/measure/measure.ts';
import { inTurns } from '../../bench/measure/rounds.ts';
import { median, summarize } from '../../bench/measure/statistics.ts';

describe('the bench', () => {
  test.each([
    [[7], 7, 0, 7, 7],
    [[3, 1], 2, 0.5, 1, 3],
    [[30, 10, 20], 20, 5, 10, 30],
    [[5, 1, 4, 2, 3], 3, 1, 1, 5],
    [[10, 9, 100, 11], 10.5, 11.75, 9, 100],
  ])('sums up %j', (values, middle, spread, least, most) => {
    expect(summarize(values)).toEqual({ median: middle, spread, least, most, values });
    expect(median(values)).toBe(middle);
  });

  test('leaves the values in their order', () => {
    const values = [3, 1, 2];
    expect(summarize(values).values).toEqual([3, 1, 2]);
    expect(values).toEqual([3, 1, 2]);
  });

  test.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY]]])('refuses %j', (values) => {
    expect(() => summarize(values)).toThrow(RangeError);
  });

  test('runs all in turns, each round beginning with another one', async () => {
    const order: string[] = [];
    const outcomes = await inTurns(['a', 'b', 'c'], 4, async (runner) => {
      order.push(runner);
      return order.length;
    });
    expect(order.join('')).toBe('abcbcacababc');
    expect([...outcomes]).toEqual([
      ['a', [1, 6, 8, 10]],
      ['b', [2, 4, 9, 11]],
      ['c', [3, 5, 7, 12]],
    ]);
  });

  test('reads what the measuring program prints', () => {
    const usage = { wallMs: 12.3456, userMs: 7.5, systemMs: 0.25, peakKib: 38_912 };
    expect(usageIn('12345600 7500 250 38912\n')).toEqual(usage);
  });

  test.each(['', '1 2 3\n', '1 2 3 -4\n', '1 2 3 4'])('takes nothing else: %j', (text) => {
    expect(() => usageIn(text)).toThrow('the measuring program said');
  });
});
