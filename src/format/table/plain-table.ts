import type { Table, TableCell, TableColumn } from '../../model/table.ts';
import { cellText, type SizeStyle } from './cell-text.ts';

/** Says how wide a text is on a terminal: wide characters take two columns. */
export type WidthOf = (text: string) => number;

/**
 * A table as aligned lines that awk can split: numbers to the right, text to the left, and the last
 * column, where names with blanks stand, without blanks behind it. A cell without a value is `-`, so
 * that each row has as many words as the heading.
 */
export function plainLines(
  table: Table,
  { sizes, widthOf }: { readonly sizes: SizeStyle; readonly widthOf: WidthOf },
): string[] {
  const body = [...table.rows, ...(table.total === undefined ? [] : [table.total])];
  const texts = [
    table.columns.map(({ title }) => title),
    ...body.map((row) => row.map((cell, i) => textAt(table.columns, i, cell, sizes))),
  ];
  const widths = table.columns.map((_, i) =>
    texts.reduce((widest, row) => Math.max(widest, widthOf(row[i] ?? '')), 0),
  );
  return texts.map((row) => {
    const cells = row.map((text, i) => pad(table.columns, i, text, widths, widthOf));
    return cells.join(' ').trimEnd();
  });
}

function textAt(
  columns: readonly TableColumn[],
  index: number,
  cell: TableCell,
  sizes: SizeStyle,
): string {
  const column = columns[index] as TableColumn;
  return cellText(column, cell, sizes) || '-';
}

function pad(
  columns: readonly TableColumn[],
  index: number,
  text: string,
  widths: readonly number[],
  widthOf: WidthOf,
): string {
  const blanks = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(text)));
  const isText = columns[index]?.kind === 'text' || columns[index]?.kind === 'bar';
  return isText ? text + blanks : blanks + text;
}
