import type { NumberColumn } from '../columns/column.ts';
import type { Mapping } from '../model/mapping.ts';

/**
 * Adds up columns over mappings, in each column's own unit: sizes in bytes, which are rounded to KiB
 * once at the end, as pmap does.
 */
export class Totals {
  readonly #columns: readonly NumberColumn[];
  readonly #sums: number[];

  constructor(columns: readonly NumberColumn[]) {
    this.#columns = columns;
    this.#sums = columns.map(() => 0);
  }

  /** Adds a mapping; values that the kernel did not give add nothing. */
  add(mapping: Mapping): void {
    for (let i = 0; i < this.#columns.length; i++) {
      const value = (this.#columns[i] as NumberColumn).value(mapping);
      if (value !== undefined) (this.#sums[i] as number) += value;
    }
  }

  /** The sum of one of the columns that were given to the constructor. */
  sum(column: NumberColumn): number {
    return this.#sums[this.#columns.indexOf(column)] ?? 0;
  }
}
