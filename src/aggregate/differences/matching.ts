import type { Pair, Part } from '../../model/difference.ts';
import type { Mapping } from '../../model/mapping.ts';

/** The parts of two sides while they are being matched; each has at most one partner. */
export class Matching {
  readonly before: readonly Part[];
  readonly after: readonly Part[];
  /** For each index in `before` the index of its partner in `after`; -1 if it has none yet. */
  readonly #partner: Int32Array;
  readonly #isTaken: Uint8Array;

  constructor(before: readonly Part[], after: readonly Part[]) {
    this.before = before;
    this.after = after;
    this.#partner = new Int32Array(before.length).fill(-1);
    this.#isTaken = new Uint8Array(after.length);
  }

  isFreeBefore(b: number): boolean {
    return this.#partner[b] === -1;
  }

  isFreeAfter(a: number): boolean {
    return this.#isTaken[a] === 0;
  }

  /** Joins two parts if both are free. */
  join(b: number, a: number): void {
    if (!this.isFreeBefore(b) || !this.isFreeAfter(a)) return;
    this.#partner[b] = a;
    this.#isTaken[a] = 1;
  }

  /** Joins parts that have the same key, in their order; parts without a key stay free. */
  joinByKey(keyOf: (part: Part) => string | undefined): void {
    const waiting = new Map<string, number[]>();
    // From the end, so that the first part of a list is its last element, which is cheap to remove.
    for (let a = this.after.length - 1; a >= 0; a--) {
      const key = this.isFreeAfter(a) ? keyOf(this.after[a] as Part) : undefined;
      if (key === undefined) continue;
      const list = waiting.get(key);
      if (list === undefined) waiting.set(key, [a]);
      else list.push(a);
    }
    for (let b = 0; b < this.before.length; b++) {
      const key = this.isFreeBefore(b) ? keyOf(this.before[b] as Part) : undefined;
      const a = key === undefined ? undefined : waiting.get(key)?.pop();
      if (a !== undefined) this.join(b, a);
    }
  }

  /** Joins parts that have the same address (start or end) and for which `isSame` holds. */
  joinByAddress(
    addressOf: (mapping: Mapping) => number,
    isSame: (before: Mapping, after: Mapping) => boolean,
  ): void {
    const there = new Map<number, number>();
    this.after.forEach(({ mapping }, a) => {
      if (this.isFreeAfter(a)) there.set(addressOf(mapping), a);
    });
    this.before.forEach(({ mapping }, b) => {
      const a = this.isFreeBefore(b) ? there.get(addressOf(mapping)) : undefined;
      if (a !== undefined && isSame(mapping, (this.after[a] as Part).mapping)) this.join(b, a);
    });
  }

  /** Joins parts that overlap and for which `isSame` holds, the largest overlap first. */
  joinByOverlap(isSame: (before: Mapping, after: Mapping) => boolean): void {
    const found: { readonly b: number; readonly a: number; readonly bytes: number }[] = [];
    let [b, a] = [0, 0];
    // The parts of one side do not overlap each other, so there are no more overlaps than parts.
    while (b < this.before.length && a < this.after.length) {
      const { mapping: left } = this.before[b] as Part;
      const { mapping: right } = this.after[a] as Part;
      const bytes = Math.min(left.end, right.end) - Math.max(left.start, right.start);
      const isFree = this.isFreeBefore(b) && this.isFreeAfter(a);
      if (bytes > 0 && isFree && isSame(left, right)) found.push({ b, a, bytes });
      if (left.end <= right.end) b++;
      else a++;
    }
    found.sort((one, other) => other.bytes - one.bytes);
    for (const each of found) this.join(each.b, each.a);
  }

  /** All pairs: first the parts that are gone, then the others in the order of `after`. */
  pairs(): Pair[] {
    const beforeOf = new Map<number, Part>();
    const gone: Pair[] = [];
    this.before.forEach((part, b) => {
      const a = this.#partner[b] as number;
      if (a < 0) gone.push({ before: part, after: undefined });
      else beforeOf.set(a, part);
    });
    return gone.concat(this.after.map((after, a) => ({ before: beforeOf.get(a), after })));
  }
}
