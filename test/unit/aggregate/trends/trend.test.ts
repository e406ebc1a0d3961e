import { describe, expect, test } from 'vitest';
import { Trend } from '../../../../src/aggregate/trends/trend.ts';

const MINUTE_MS = 60_000;

function trendOf(points: Iterable<readonly [minutes: number, value: number]>): Trend {
  const trend = new Trend();
  for (const [minutes, value] of points) trend.add(minutes * MINUTE_MS, value);
  return trend;
}

describe('a slope', () => {
  test('of a straight line is exact and has no margin', () => {
    const { slope, mean } = trendOf([0, 1, 2, 3, 4].map((x) => [x, 1000 + 12 * x]));
    expect(slope?.perMinute).toBeCloseTo(12, 9);
    expect(slope?.margin).toBeCloseTo(0, 9);
    expect(mean).toBeCloseTo(1024, 9);
  });

  test('is negative for falling values, and 0 for constant ones', () => {
    expect(trendOf([0, 1, 2].map((x) => [x, 50 - 7 * x])).slope?.perMinute).toBeCloseTo(-7, 9);
    expect(trendOf([0, 1, 2].map((x) => [x, 50])).slope).toEqual({ perMinute: 0, margin: 0 });
  });

  test('has the margin of a textbook example', () => {
    // x 1 to 5, y 2 4 5 4 5: slope 0.6, sum of squared residuals 2.4, standard error
    // sqrt(2.4 / 3 / 10) = 0.28284, and Student's quantile for 3 degrees of freedom is 3.182.
    const ys = [2, 4, 5, 4, 5];
    const { slope } = trendOf(ys.map((y, i) => [i + 1, y]));
    expect(slope?.perMinute).toBeCloseTo(0.6, 9);
    expect(slope?.margin).toBeCloseTo(0.28284 * 3.182, 4);
  });

  test.each([
    { count: 13, quantile: 2.201 },
    { count: 32, quantile: 2.042 },
    { count: 1002, quantile: 1.962 },
  ])('of $count values uses the quantile $quantile', ({ count, quantile }) => {
    // A zigzag around 0: slope and residuals follow from the sums.
    const points = Array.from({ length: count }, (_, i) => [i, i % 2] as const);
    const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
    const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
    const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
    const sxy = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
    const rest = points.reduce((sum, [x, y]) => sum + (y - my - (sxy / sxx) * (x - mx)) ** 2, 0);
    const error = Math.sqrt(rest / (count - 2) / sxx);
    const { slope } = trendOf(points);
    expect((slope?.margin ?? 0) / error).toBeCloseTo(quantile, 3);
  });

  test('is unknown for fewer than three moments, or without time between them', () => {
    expect(trendOf([]).slope).toBeUndefined();
    expect(trendOf([]).mean).toBeUndefined();
    expect(trendOf([[0, 1]]).slope).toBeUndefined();
    expect(trendOf([0, 1].map((x) => [x, x])).slope).toBeUndefined();
    expect(trendOf([1, 1, 1].map((x) => [x, x])).slope).toBeUndefined();
  });

  test('loses no digits over a week of seconds, terabytes and a late clock', () => {
    const trend = new Trend();
    const start = 5e14;
    for (let second = 0; second < 7 * 86_400; second++) {
      // 64 bytes a minute on 8 TiB, with a page of noise.
      trend.add(start + second * 1000, 2 ** 43 + (64 * second) / 60 + (second % 2) * 4096);
    }
    expect(trend.slope?.perMinute).toBeCloseTo(64, 2);
    expect(trend.slope?.margin).toBeGreaterThan(0);
    expect(trend.slope?.margin).toBeLessThan(0.1);
  });
});
