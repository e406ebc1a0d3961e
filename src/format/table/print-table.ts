import { toByteString } from '../../model/byte-string.ts';
import type { Table } from '../../model/table.ts';
import type { ByteWriter } from '../byte-writer.ts';
import { PLAIN_LOOK, type Style } from '../style.ts';
import { loadWidthOf, type WidthOf } from '../text-width.ts';
import type { SizeStyle } from './cell-text.ts';
import { plainLines } from './plain-table.ts';
import { type TextTable, textsOf, textTable } from './text-table.ts';

/** Draws a table for a terminal (see terminal-table.ts, which is loaded only there). */
export type TableDrawer = (table: TextTable, widthOf: WidthOf) => readonly string[];

/** How tables are printed. */
export interface TablePrinting {
  readonly writer: ByteWriter;
  readonly sizes: SizeStyle;
  /** No heading and no totals. */
  readonly quiet: boolean;
  /** Whether the output is a terminal. */
  readonly onTerminal: boolean;
  /** The looks of the heading and of the total in a plain table. */
  readonly looks: Pick<Style, 'header' | 'total'>;
  /** Only set on a terminal. */
  readonly draw: TableDrawer | undefined;
}

/** A longer table is printed plain even on a terminal: drawing takes time quadratic in the rows. */
const MAX_DRAWN_ROWS = 200;

/** Lines of the heading: a drawn table has a rule below it. */
const HEADING_LINES = { drawn: 2, plain: 1 };

/** Prints a table: drawn on a terminal, plain elsewhere. @throws what the writer throws. */
export async function printTable(table: Table, printing: TablePrinting): Promise<void> {
  await printTextTable(textTable(table, printing.sizes), printing);
}

/** Prints a table whose cells are text already; see printTable. */
export async function printTextTable(
  { columns, rows, total }: TextTable,
  { draw, writer, quiet, looks }: TablePrinting,
): Promise<void> {
  const table = { columns, rows, total: quiet ? undefined : total };
  const widthOf = await loadWidthOf(textsOf(table));
  const isDrawn = draw !== undefined && rows.count <= MAX_DRAWN_ROWS;
  const lines = isDrawn ? draw(table, widthOf) : plainLines(table, widthOf);
  const skipped = quiet ? HEADING_LINES[isDrawn ? 'drawn' : 'plain'] : 0;
  const last = HEADING_LINES.plain + rows.count;
  let at = 0;
  for (const line of lines) {
    const look = isDrawn
      ? PLAIN_LOOK
      : at === 0
        ? looks.header
        : at === last
          ? looks.total
          : PLAIN_LOOK;
    if (at++ >= skipped) writer.text(`${look.open}${toByteString(line)}${look.close}\n`);
  }
}
