import type { NumberColumn } from '../columns/column.ts';
import type { Mapping } from '../model/mapping.ts';

/**
 * Sums of columns over mappings, each in the column's own unit. Sizes in bytes are rounded to KiB once,
 * at the end, as pmap does.
 */
export class Totals {
  readonly #columns: readonly NumberColumn[];
  readonly #sums: (number | undefined)[];

  constructor(columns: readonly NumberColumn[]) {
    this.#columns = columns;
    this.#sums = columns.map(() => undefined);
  }

  /** Adds a mapping; values that the kernel did not report add nothing. */
  add(mapping: Mapping): void {
    for (let i = 0; i < this.#columns.length; i++) {
      const value = (this.#columns[i] as NumberColumn).value(mapping);
      if (value !== undefined) this.#sums[i] = (this.#sums[i] ?? 0) + value;
    }
  }

  /** The sum of one of the columns given to the constructor; 0 if no mapping had a value. */
  sum(column: NumberColumn): number {
    return this.known(column) ?? 0;
  }

  /** The same, but undefined if no mapping had a value: absent is not zero. */
  known(column: NumberColumn): number | undefined {
    // By id: looking up the column of a field makes a new object each time.
    return this.#sums[this.#columns.findIndex(({ id }) => id === column.id)];
  }
}
