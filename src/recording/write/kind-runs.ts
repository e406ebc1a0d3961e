import type { Kind } from '../../model/kind.ts';

/**
 * The kinds of rows, with neighbours of the same kind counted together. A process with many mappings
 * has few runs or short lines, so this stays small beside the rows.
 */
export class KindRuns {
  readonly #runs: (Kind | number)[] = [];
  #last: Kind | undefined;
  #count = 0;
  #isComplete = true;

  /** Adds the kind of the next row; undefined if the row was not classified. */
  add(kind: Kind | undefined): void {
    if (kind === undefined) this.#isComplete = false;
    else if (kind === this.#last) this.#count++;
    else this.#begin();
    this.#last = kind;
  }

  /** Kinds and counts in turn; undefined unless every row has a kind. */
  list(): readonly (Kind | number)[] | undefined {
    if (!this.#isComplete || this.#last === undefined) return undefined;
    return [...this.#runs, this.#last, this.#count];
  }

  #begin(): void {
    if (this.#last !== undefined) this.#runs.push(this.#last, this.#count);
    this.#count = 1;
  }
}
