import type { WidthOf } from '../text-width.ts';
import { alignedLine } from './align.ts';
import { columnWidths, type TextTable } from './text-table.ts';

/** Stands for a value that is not known, so that each row has as many words as the heading. */
const UNKNOWN = '-';

/**
 * The lines of a table that awk can split: numbers right-aligned, text left-aligned, the total last. No
 * blanks follow the last column, which holds names.
 */
export function* plainLines(table: TextTable, widthOf: WidthOf): Generator<string, void, void> {
  const { columns, rows, total } = table;
  const widths = columnWidths(table, widthOf).map((width) => Math.max(width, UNKNOWN.length));
  const line = (texts: readonly string[]) => alignedLine(columns, texts, widths, widthOf);
  const known = (texts: readonly string[]) => texts.map((text) => text || UNKNOWN);
  yield line(columns.map(({ title }) => title));
  for (const row of rows) yield line(known(row));
  if (total !== undefined) yield line(known(total));
}
