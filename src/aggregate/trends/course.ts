import type { Course } from '../../model/watch/watch-reading.ts';
import { Ring } from './ring.ts';
import { Trend } from './trend.ts';

/** Keeps the course of a figure up to date, in memory that does not grow with its length. */
export class CourseKeeper {
  readonly #trend = new Trend();
  readonly #recent: Ring;
  #first: number | undefined;
  #last: number | undefined;
  #change: number | undefined;
  #peak: number | undefined;

  /** `recent` is the number of most recent values to keep. */
  constructor(recent: number) {
    this.#recent = new Ring(recent);
  }

  /** Adds a value, undefined if it is not known. `atMs` is from a clock that never goes back. */
  add(atMs: number, bytes: number | undefined): void {
    this.#change = difference(this.#last, bytes);
    this.#last = bytes;
    if (bytes === undefined) return;
    this.#first ??= bytes;
    this.#peak = Math.max(this.#peak ?? bytes, bytes);
    this.#trend.add(atMs, bytes);
    this.#recent.add(bytes);
  }

  /** A snapshot of the course, which later values do not change. */
  get course(): Course {
    return {
      last: this.#last,
      change: this.#change,
      growth: difference(this.#first, this.#last),
      peak: this.#peak,
      mean: this.#trend.mean,
      slope: this.#trend.slope,
      recent: this.#recent.list(),
    };
  }
}

function difference(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : to - from;
}
