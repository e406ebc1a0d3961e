import type { ChalkInstance } from 'chalk';
import CliTable from 'cli-table3';
import type { Table, TableCell, TableColumn } from '../../model/table.ts';
import { textWidth } from '../text-width.ts';
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
const WIDE_FRAME = 3;
const NARROW_FRAME = 1;
const NARROWEST = 8;
const ROOM_FOR_NAMES = 20;

/**
 * A table drawn with lines, fitted to the terminal: bars go first, then blanks between columns, then
 * the widest column of text is shortened from its left.
 *
 * Only for short tables: cli-table3 takes the square of the number of rows (1,000 rows 0.2 s, 20,000
 * rows 24 s).
 */
export function terminalLines(whole: Table, options: TerminalOptions): string[] {
  const table = fittingTable(whole, options);
  const body = bodyOf(table);
  const texts = body.map((row) => row.map((cell, i) => textAt(table.columns, i, cell, options)));
  const wide = measureFit(table, texts, options.width, WIDE_FRAME);
  const fitted = isRoomy(wide) ? wide : measureFit(table, texts, options.width, NARROW_FRAME);
  const padding = fitted === wide ? 1 : 0;
  const drawn = new CliTable({
    head: table.columns.map(({ title }) => options.chalk.dim(title)),
    colAligns: table.columns.map(({ kind }) => (isLeft(kind) ? 'left' : 'right')),
    style: {
      head: [],
      border: [],
      compact: true,
      'padding-left': padding,
      'padding-right': padding,
    },
    chars: LINES,
  });
  body.forEach((row, r) => {
    const cells = row.map((cell, i) => {
      const text = texts[r]?.[i] ?? '';
      const short = i === fitted.column ? shortenLeft(text, fitted.room, textWidth) : text;
      const isTotal = r >= table.rows.length;
      return isTotal ? options.chalk.bold(short) : coloured(cell, short, options.chalk);
    });
    drawn.push(cells);
  });
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function bodyOf({ rows, total }: Table): readonly (readonly TableCell[])[] {
  return total === undefined ? rows : [...rows, total];
}

/** The table without its bars where these leave too little room for names. */
function fittingTable(table: Table, options: TerminalOptions): Table {
  const bar = table.columns.findIndex(({ kind }) => kind === 'bar');
  const texts = bodyOf(table).map((row) =>
    row.map((cell, i) => textAt(table.columns, i, cell, options)),
  );
  if (bar < 0 || isRoomy(measureFit(table, texts, options.width, NARROW_FRAME))) return table;
  const without = <T>(cells: readonly T[]) => cells.filter((_, i) => i !== bar);
  return {
    columns: without(table.columns),
    rows: table.rows.map(without),
    ...(table.total === undefined ? {} : { total: without(table.total) }),
  };
}

/** How a table fits: the column that is shortened, how wide it would be, and what there is for it. */
interface Fit {
  readonly column: number;
  readonly wanted: number;
  readonly room: number;
}

function isRoomy({ wanted, room }: Fit): boolean {
  return room >= Math.min(wanted, ROOM_FOR_NAMES);
}

function measureFit(
  { columns }: Table,
  texts: readonly (readonly string[])[],
  width: number,
  frame: number,
): Fit {
  const widths = columns.map(({ title }, i) =>
    texts.reduce((most, row) => Math.max(most, textWidth(row[i] ?? '')), textWidth(title)),
  );
  const ofText = widths.map((each, i) => (columns[i]?.kind === 'text' ? each : -1));
  const wanted = Math.max(...ofText);
  const column = ofText.indexOf(wanted);
  const others = widths.reduce((sum, each, i) => (i === column ? sum : sum + each + frame), 0);
  // Blanks on both sides of this column as well, and one that cli-table3 adds.
  return { column, wanted, room: Math.max(NARROWEST, width - others - frame - 1) };
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
  cell: TableCell,
  { sizes }: TerminalOptions,
): string {
  return cellText(columns[index] as TableColumn, cell, sizes);
}

/** A bar's private part stands out, its shared part less. */
function coloured(cell: TableCell, text: string, chalk: ChalkInstance): string {
  if (typeof cell !== 'object') return text;
  return text.replace(/#+/, (part) => chalk.yellow(part)).replace(/=+/, (part) => chalk.cyan(part));
}
