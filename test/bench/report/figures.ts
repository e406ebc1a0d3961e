import type { Summary } from '../measure/statistics.ts';

/** A number with about three significant digits: 3.47, 34.7, 347. */
export function figure(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
}

/** Median and spread, e.g. `34.7 ± 0.21`; `divisor` turns it into another unit. */
export function withSpread({ median, spread }: Summary, divisor = 1): string {
  return `${figure(median / divisor)} ± ${figure(spread / divisor)}`;
}

/** A number of mappings with separators: 64,000. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
