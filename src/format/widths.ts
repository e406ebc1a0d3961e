import type { Column } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Mapping } from '../model/mapping.ts';
import { countDigits } from './byte-writer.ts';
import type { ColumnSums } from './report.ts';

/** A column with its printed width and its total. */
export interface MeasuredCell {
  readonly column: Column;
  readonly width: number;
  readonly total: number;
}

/** Measures how wide columns must be for the rows added. */
export class Widths {
  readonly columns: readonly Column[];
  /** By column: the longest text, the highest number (-1: none), and the sum of the numbers. */
  readonly #longest: Float64Array;
  readonly #highest: Float64Array;
  readonly #sums: Float64Array;

  constructor(columns: readonly Column[]) {
    this.columns = columns;
    this.#longest = new Float64Array(columns.length);
    this.#highest = new Float64Array(columns.length).fill(-1);
    this.#sums = new Float64Array(columns.length);
  }

  /** Adds a row. */
  add(mapping: Mapping, names: NameRule): void {
    for (let i = 0; i < this.columns.length; i++) {
      const column = this.columns[i] as Column;
      if (column.kind === 'number') this.#addNumber(i, column.value(mapping));
      else if (column.hexadecimal !== undefined) {
        this.#addHighest(i, column.hexadecimal.number(mapping));
      } else this.#addText(i, column.value(mapping, names));
    }
  }

  /** Whether the other has columns of the same titles and kinds in the same order. */
  measuresLike({ columns }: Widths): boolean {
    return (
      columns.length === this.columns.length &&
      columns.every(
        ({ title, kind }, i) => title === this.columns[i]?.title && kind === this.columns[i]?.kind,
      )
    );
  }

  /** The columns with the width of their values, and unless `quiet` of title and total too. */
  cells({ quiet, sums }: { readonly quiet: boolean; readonly sums: ColumnSums }): MeasuredCell[] {
    return this.columns.map((column, i) => {
      const width = this.#width(i);
      // `sums` cover all mappings that passed the filter, but not fields that only later rows had.
      const known = column.kind === 'number' ? sums.known(column) : undefined;
      const total = known ?? (this.#sums[i] as number);
      if (quiet) return { column, total, width };
      const least = column.kind === 'number' ? countDigits(total, 10) : 0;
      return { column, total, width: Math.max(width, column.title.length, least) };
    });
  }

  #width(i: number): number {
    const column = this.columns[i] as Column;
    const highest = this.#highest[i] as number;
    const hexadecimal = column.kind === 'text' ? column.hexadecimal : undefined;
    const least = highest < 0 ? 0 : (hexadecimal?.digits ?? 0);
    const digits = highest < 0 ? 0 : countDigits(highest, hexadecimal === undefined ? 10 : 16);
    return Math.max(this.#longest[i] as number, least, digits);
  }

  #addNumber(i: number, value: number | undefined): void {
    if (value === undefined) return;
    this.#sums[i] = (this.#sums[i] as number) + value;
    this.#addHighest(i, value);
  }

  #addHighest(i: number, value: number): void {
    if (value > (this.#highest[i] as number)) this.#highest[i] = value;
  }

  #addText(i: number, { length }: ByteString): void {
    if (length > (this.#longest[i] as number)) this.#longest[i] = length;
  }
}
