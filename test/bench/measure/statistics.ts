/** A summary of many values of one figure, in the unit of the figure. */
export interface Summary {
  readonly median: number;
  /** Half of the distance between the quartiles. */
  readonly spread: number;
  readonly least: number;
  readonly most: number;
  /** In the order in which they were measured. */
  readonly values: readonly number[];
}

/**
 * Sums up measured values.
 *
 * @throws RangeError if there are none, or one is not a finite number.
 */
export function summarize(values: readonly number[]): Summary {
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw new RangeError(`no figures to sum up: [${values.join(', ')}]`);
  }
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    spread: (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2,
    least: quantile(sorted, 0),
    most: quantile(sorted, 1),
    values,
  };
}

/** The median of values in any order. @throws RangeError as summarize does. */
export function median(values: readonly number[]): number {
  return summarize(values).median;
}

/** A quantile of sorted values, interpolated linearly. */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}
