import type { NumberColumn } from '../columns/column.ts';
import type { Mapping } from '../model/mapping.ts';

/**
 * Adds up columns over mappings, in each column's own unit: sizes in bytes, which are rounded to KiB
 * once at the end, as pmap does.
 */
export class Totals {
  readonly #columns: readonly NumberColumn[];
  readonly #sums: (number | undefined)[];

  constructor(columns: readonly NumberColumn[]) {
    this.#columns = columns;
    this.#sums = columns.map(() => undefined);
  }

  /** Adds a mapping; values that the kernel did not give add nothing. */
  add(mapping: Mapping): void {
    for (let i = 0; i < this.#columns.length; i++) {
      const value = (this.#columns[i] as NumberColumn).value(mapping);
      if (value !== undefined) this.#sums[i] = (this.#sums[i] ?? 0) + value;
    }
  }

  /** The sum of one of the columns that were given to the constructor; 0 where no mapping had one. */
  sum(column: NumberColumn): number {
    return this.known(column) ?? 0;
  }

  /** The same, but undefined where no mapping had a value: absent is not zero. */
  known(column: NumberColumn): number | undefined {
    // By name: a column of a kernel's field is made anew for each reading.
    return this.#sums[this.#columns.findIndex(({ id }) => id === column.id)];
  }
}
