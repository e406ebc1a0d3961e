import type { Course } from '../../model/watch-reading.ts';
import { Ring } from './ring.ts';
import { Trend } from './trend.ts';

/** Keeps up a course in the same small room, however long it gets. */
export class CourseKeeper {
  readonly #trend = new Trend();
  readonly #recent: Ring;
  #first: number | undefined;
  #last: number | undefined;
  #change: number | undefined;
  #peak: number | undefined;

  /** `recent` is how many values are kept. */
  constructor(recent: number) {
    this.#recent = new Ring(recent);
  }

  /** `atMs` is from a clock that never goes back; a value may be missing. */
  add(atMs: number, bytes: number | undefined): void {
    this.#change = difference(this.#last, bytes);
    this.#last = bytes;
    if (bytes === undefined) return;
    this.#first ??= bytes;
    this.#peak = Math.max(this.#peak ?? bytes, bytes);
    this.#trend.add(atMs, bytes);
    this.#recent.add(bytes);
  }

  /** As it is now; a later value does not change what was given out. */
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
