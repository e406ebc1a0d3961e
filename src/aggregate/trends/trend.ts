import type { Slope } from '../../model/watch/watch-reading.ts';

const MINUTE_MS = 60_000;

/**
 * The straight line through values over time (least squares), computed without storing the values.
 * It sums squared deviations from the running means (Welford's method), so that hours in milliseconds
 * and terabytes in bytes lose no precision.
 */
export class Trend {
  #count = 0;
  #meanMs = 0;
  #meanValue = 0;
  /** Sums of squares and products of deviations from the means. */
  #squaresOfTime = 0;
  #squaresOfValue = 0;
  #products = 0;
  #startMs = 0;

  /** Adds a value. `atMs` is from a clock that never goes back. */
  add(atMs: number, value: number): void {
    if (this.#count === 0) this.#startMs = atMs;
    this.#count++;
    const fromTime = atMs - this.#startMs - this.#meanMs;
    const fromValue = value - this.#meanValue;
    this.#meanMs += fromTime / this.#count;
    this.#meanValue += fromValue / this.#count;
    const fromNewTime = atMs - this.#startMs - this.#meanMs;
    const fromNewValue = value - this.#meanValue;
    this.#squaresOfTime += fromTime * fromNewTime;
    this.#squaresOfValue += fromValue * fromNewValue;
    this.#products += fromTime * fromNewValue;
  }

  /** The mean of the values; undefined if there are none. */
  get mean(): number | undefined {
    return this.#count === 0 ? undefined : this.#meanValue;
  }

  /** The slope of the line; undefined for fewer than three values, as two always lie on a line. */
  get slope(): Slope | undefined {
    if (this.#count < 3 || this.#squaresOfTime === 0) return undefined;
    const perMs = this.#products / this.#squaresOfTime;
    const degreesOfFreedom = this.#count - 2;
    // Rounding may make the residual of a perfect line negative.
    const residual = Math.max(0, this.#squaresOfValue - perMs * this.#products);
    const error = Math.sqrt(residual / degreesOfFreedom / this.#squaresOfTime);
    return {
      perMinute: perMs * MINUTE_MS,
      margin: studentQuantile(degreesOfFreedom) * error * MINUTE_MS,
    };
  }
}

/** 97.5 % quantiles of Student's t-distribution for 1 to 10 degrees of freedom. */
const QUANTILES = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
const NORMAL_QUANTILE = 1.959964;

/** Uses the Cornish-Fisher expansion beyond the table, where it is correct to three digits. */
function studentQuantile(degreesOfFreedom: number): number {
  const known = QUANTILES[degreesOfFreedom - 1];
  if (known !== undefined) return known;
  const z = NORMAL_QUANTILE;
  const first = (z ** 3 + z) / (4 * degreesOfFreedom);
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degreesOfFreedom ** 2);
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degreesOfFreedom ** 3);
  return z + first + second + third;
}
