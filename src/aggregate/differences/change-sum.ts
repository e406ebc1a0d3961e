import type { NumberColumn } from '../../columns/column.ts';
import { type Change, changeFrom, type Pair } from '../../model/difference.ts';
import type { Mapping } from '../../model/mapping.ts';

/** A column that both sides are compared in; each has its own reading, which may lack the field. */
export interface ComparedColumn {
  /** What it is called and counted in. */
  readonly column: NumberColumn;
  /** In the column's own unit; undefined where the kernel did not say. */
  before(mapping: Mapping): number | undefined;
  after(mapping: Mapping): number | undefined;
}

/**
 * How a pair changed in a column. What is not there has none of anything: 0. What is there and whose
 * number the kernel did not say is unknown, and so is the change.
 */
export function changeOf({ before, after }: Pair, compared: ComparedColumn): Change {
  const left = before === undefined ? 0 : compared.before(before.mapping);
  const right = after === undefined ? 0 : compared.after(after.mapping);
  return changeFrom(left, right);
}

/**
 * Adds up a column: before + change = after, and the change is the sum of all changes. The sum of a
 * side is that of the numbers that are known, and unknown where it has mappings and none is. Where
 * one side of a mapping is known and the other is not, the change in all is unknown.
 */
export class ChangeSum {
  #before: number | undefined;
  #after: number | undefined;
  #change: number | undefined;
  #hasBefore = false;
  #hasAfter = false;
  #isHalf = false;

  add({ before, after }: Pair, change: Change): void {
    const isUnknown = change.before === undefined || change.after === undefined;
    const isMatched = before !== undefined && after !== undefined;
    if (isMatched && isUnknown && change.before !== change.after) this.#isHalf = true;
    this.#change = sum(this.#change, change.change);
    if (before !== undefined) {
      this.#hasBefore = true;
      this.#before = sum(this.#before, change.before);
    }
    if (after !== undefined) {
      this.#hasAfter = true;
      this.#after = sum(this.#after, change.after);
    }
  }

  /**
   * The same for some rows of many, whose changes are added to those of the others: mappings of
   * which nothing is known leave the change as it is.
   */
  get part(): Change {
    return { ...this.total, change: this.#isHalf ? undefined : this.#change };
  }

  /** Of all rows. */
  get total(): Change {
    const before = this.#hasBefore ? this.#before : 0;
    const after = this.#hasAfter ? this.#after : 0;
    const { change } = changeFrom(before, after);
    return { before, after, change: this.#isHalf ? undefined : change };
  }
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a + b;
}
