import type { ChalkInstance } from 'chalk';
import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import type { Cell, Table, TableColumn } from '../../model/table.ts';
import { cellText, type SizeStyle } from './cell-text.ts';
import { shortenLeft } from './fit.ts';

/** What a table on a terminal is drawn with. */
export interface TerminalOptions {
  readonly sizes: SizeStyle;
  /** Columns of the terminal. */
  readonly width: number;
  readonly chalk: ChalkInstance;
}

/** What cli-table3 puts around each cell: a blank on either side and a rule between. */
const CELL_FRAME = 3;
const OUTER_FRAME = 1;
const NARROWEST = 8;
const ROOM_FOR_NAMES = 20;

/**
 * A table drawn with lines, fitted to the terminal by shortening the last column from its left.
 *
 * Only for short tables: cli-table3 takes the square of the number of rows (1,000 rows 0.2 s, 20,000
 * rows 24 s).
 */
export function terminalLines(whole: Table, options: TerminalOptions): string[] {
  const table = fittingTable(whole, options);
  const body = [...table.rows, ...(table.total === undefined ? [] : [table.total])];
  const texts = body.map((row) => row.map((cell, i) => textAt(table.columns, i, cell, options)));
  const last = table.columns.length - 1;
  const room = roomForLast(table, texts, options.width);
  const drawn = new CliTable({
    head: table.columns.map(({ title }) => options.chalk.dim(title)),
    colAligns: table.columns.map(({ kind }) => (isLeft(kind) ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
    chars: LINES,
  });
  body.forEach((row, r) => {
    const cells = row.map((cell, i) => {
      const text = texts[r]?.[i] ?? '';
      const fitted = i === last ? shortenLeft(text, room, stringWidth) : text;
      const isTotal = r >= table.rows.length;
      return isTotal ? options.chalk.bold(fitted) : coloured(cell, fitted, options.chalk);
    });
    drawn.push(cells);
  });
  return drawn.toString().split('\n');
}

/** The table without its bars where these leave too little room for names. */
function fittingTable(table: Table, options: TerminalOptions): Table {
  const bar = table.columns.findIndex(({ kind }) => kind === 'bar');
  const texts = table.rows.map((row) =>
    row.map((cell, i) => textAt(table.columns, i, cell, options)),
  );
  if (bar < 0 || roomForLast(table, texts, options.width) >= ROOM_FOR_NAMES) return table;
  const without = <T>(cells: readonly T[]) => cells.filter((_, i) => i !== bar);
  return {
    columns: without(table.columns),
    rows: table.rows.map(without),
    ...(table.total === undefined ? {} : { total: without(table.total) }),
  };
}

/** A rule under the heading and nothing else: lines around every cell hide the numbers. */
const LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  right: '',
  'right-mid': '',
  mid: '─',
  'mid-mid': '─',
  middle: ' ',
};

function isLeft(kind: TableColumn['kind']): boolean {
  return kind === 'text' || kind === 'bar';
}

function textAt(
  columns: readonly TableColumn[],
  index: number,
  cell: Cell,
  { sizes }: TerminalOptions,
): string {
  return cellText(columns[index] as TableColumn, cell, sizes);
}

function roomForLast(table: Table, texts: readonly (readonly string[])[], width: number): number {
  const before = table.columns.slice(0, -1).map((column, i) => {
    const widths = texts.map((row) => stringWidth(row[i] ?? ''));
    return Math.max(stringWidth(column.title), ...widths) + CELL_FRAME;
  });
  const taken = before.reduce((sum, each) => sum + each, 0);
  return Math.max(NARROWEST, width - taken - CELL_FRAME - OUTER_FRAME);
}

/** A bar's private part stands out, its shared part less. */
function coloured(cell: Cell, text: string, chalk: ChalkInstance): string {
  if (typeof cell !== 'object') return text;
  return text.replace(/#+/, (part) => chalk.yellow(part)).replace(/=+/, (part) => chalk.cyan(part));
}
