import type { NumberColumn } from '../../columns/column.ts';
import { type Change, changeFrom, type Pair } from '../../model/difference.ts';
import type { Mapping } from '../../model/mapping.ts';

/** A column in which two sides are compared. */
export interface ComparedColumn {
  readonly column: NumberColumn;
  /** The number on a side, in the column's own unit; undefined if the kernel did not report it. */
  before(mapping: Mapping): number | undefined;
  after(mapping: Mapping): number | undefined;
}

/**
 * The change of a pair in a column. A missing side counts as 0. If the kernel did not report a number,
 * the number and the change are unknown.
 */
export function changeOf({ before, after }: Pair, compared: ComparedColumn): Change {
  const left = before === undefined ? 0 : compared.before(before.mapping);
  const right = after === undefined ? 0 : compared.after(after.mapping);
  return changeFrom(left, right);
}

/**
 * The sums of a column over rows: before + change = after, and the change is the sum of all changes.
 * The sum of a side adds up its known numbers; it is unknown if the side has mappings but none of their
 * numbers is known. The change is unknown if any matched row has a number on one side only.
 */
export class ChangeSum {
  #before: number | undefined;
  #after: number | undefined;
  #change: number | undefined;
  #hasBefore = false;
  #hasAfter = false;
  #hasOneSidedRow = false;

  add({ before, after }: Pair, change: Change): void {
    const isUnknown = change.before === undefined || change.after === undefined;
    const isMatched = before !== undefined && after !== undefined;
    if (isMatched && isUnknown && change.before !== change.after) this.#hasOneSidedRow = true;
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

  /** The sums if only some of the rows were added; rows unknown on both sides do not count. */
  get part(): Change {
    return { ...this.total, change: this.#hasOneSidedRow ? undefined : this.#change };
  }

  /** The sums if all rows were added. */
  get total(): Change {
    const before = this.#hasBefore ? this.#before : 0;
    const after = this.#hasAfter ? this.#after : 0;
    const { change } = changeFrom(before, after);
    return { before, after, change: this.#hasOneSidedRow ? undefined : change };
  }
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a + b;
}
