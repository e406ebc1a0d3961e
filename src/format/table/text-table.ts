import type { Table, TableCell, TableColumn } from '../../model/table.ts';
import type { WidthOf } from '../text-width.ts';
import { cellText, type SizeStyle } from './cell-text.ts';

/** Cannot occur in the text of a table, where control characters are replaced. */
const SEPARATOR = '\0';

/**
 * Rows of text. Each is kept as one string: 300,000 rows as arrays would take three times as much
 * memory.
 */
export class TextRows {
  readonly #rows: string[] = [];

  get count(): number {
    return this.#rows.length;
  }

  add(texts: readonly string[]): void {
    this.#rows.push(texts.join(SEPARATOR));
  }

  *[Symbol.iterator](): Generator<string[], void, void> {
    for (const row of this.#rows) yield row.split(SEPARATOR);
  }
}

/**
 * A table whose cells are text, to be aligned and printed. Empty text means that a value is not known.
 */
export interface TextTable {
  readonly columns: readonly TableColumn[];
  readonly rows: TextRows;
  readonly total?: readonly string[] | undefined;
}

/** A table with its cells as text. */
export function textTable({ columns, rows, total }: Table, sizes: SizeStyle): TextTable {
  const texts = new TextRows();
  for (const row of rows) texts.add(rowTexts(columns, row, sizes));
  return { columns, rows: texts, total: total && rowTexts(columns, total, sizes) };
}

/** The cells of a row as text. */
export function rowTexts(
  columns: readonly TableColumn[],
  cells: readonly TableCell[],
  sizes: SizeStyle,
): string[] {
  return cells.map((cell, i) => cellText(columns[i] as TableColumn, cell, sizes));
}

/** All texts of a table, headings included. */
export function* textsOf({ columns, rows, total = [] }: TextTable): Generator<string, void, void> {
  for (const { title } of columns) yield title;
  for (const row of rows) yield* row;
  yield* total;
}

/** For each column the width of its widest text, heading included. */
export function columnWidths({ columns, rows, total = [] }: TextTable, widthOf: WidthOf): number[] {
  const widths = columns.map(({ title }) => widthOf(title));
  const widen = (texts: readonly string[]) => {
    for (let i = 0; i < texts.length; i++) {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(texts[i] ?? ''));
    }
  };
  for (const row of rows) widen(row);
  widen(total);
  return widths;
}
