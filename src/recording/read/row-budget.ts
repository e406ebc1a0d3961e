import type { Mapping } from '../../model/mapping.ts';
import { checkLimit, type Limit } from './limits.ts';

/**
 * What a mapping needs at most, without its values and its name: 400 bytes, and 600 for what a
 * comparison makes of it if it has no counterpart. Measured with Node 20 to 24.
 */
const MAPPING_BYTES = 1000;
const VALUE_BYTES = 12;

/** How much memory decoded rows may take together. */
export class RowBudget {
  readonly #limit: Limit;
  #usedBytes = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Yields rows that are going to be kept in memory. @throws TooLargeError. */
  *counted(rows: Iterable<Mapping>): Generator<Mapping, void, void> {
    for (const row of rows) {
      this.#usedBytes += MAPPING_BYTES + row.values.length * VALUE_BYTES + row.name.length;
      checkLimit('brings the mappings in memory to', this.#usedBytes, this.#limit);
      yield row;
    }
  }
}
