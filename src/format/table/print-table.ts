import { toByteString } from '../../model/byte-string.ts';
import type { Table } from '../../model/table.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { SizeStyle } from './cell-text.ts';
import { plainLines, type WidthOf } from './plain-table.ts';

/** Draws a table for a terminal; made by `terminal-table`, which is loaded only there. */
export type TableDrawer = (table: Table, sizes: SizeStyle) => string[];

/** How tables are printed. */
export interface TablePrinting {
  readonly writer: ByteWriter;
  readonly sizes: SizeStyle;
  /** No heading and no totals. */
  readonly quiet: boolean;
  /** Whether a person looks at it. */
  readonly onTerminal: boolean;
  readonly widthOf: WidthOf;
  /** There on a terminal alone. */
  readonly draw: TableDrawer | undefined;
}

/** Above that many rows a table is printed plain also on a terminal: drawing takes too long. */
const MOST_DRAWN_ROWS = 200;

/** Prints a table: drawn on a terminal, plain elsewhere. */
export function printTable(table: Table, printing: TablePrinting): void {
  const { draw, sizes, writer, quiet } = printing;
  const shown = quiet ? { columns: table.columns, rows: table.rows } : table;
  const isDrawn = draw !== undefined && table.rows.length <= MOST_DRAWN_ROWS;
  const lines = isDrawn ? draw(shown, sizes) : plainLines(shown, printing);
  for (const line of quiet ? lines.slice(isDrawn ? 2 : 1) : lines) {
    writer.text(`${toByteString(line)}\n`);
  }
}
