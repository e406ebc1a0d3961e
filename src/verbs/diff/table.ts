import type { SizeStyle } from '../../format/table/cell-text.ts';
import { tableColumn } from '../../format/table/map-table.ts';
import { visible } from '../../format/visible.ts';
import { fromByteString } from '../../model/byte-string.ts';
import { type Change, type Difference, shownPart } from '../../model/difference.ts';
import type { Table, TableCell, TableColumn } from '../../model/table.ts';
import type { ComparedBy, Comparison } from './comparison.ts';
import { amountText, changeText } from './signed-text.ts';

/** Gives what grew and what shrank a colour, where there is colour. */
export interface Paint {
  grew(text: string): string;
  shrank(text: string): string;
  total(text: string): string;
}

/** What a table of differences looks like. */
export interface TableLook {
  readonly sizes: SizeStyle;
  readonly onTerminal: boolean;
  readonly paint: Paint;
  /** Neither totals nor what was left out. */
  readonly quiet: boolean;
}

const STATUS: TableColumn = { id: 'status', title: 'Status', kind: 'text' };
const ADDRESS: TableColumn = { id: 'address', title: 'Address', kind: 'text' };
const LABEL_TITLES: Readonly<Record<ComparedBy, string>> = {
  address: 'Mapping',
  mapping: 'Mapping',
  kind: 'Kind',
  mode: 'Perm',
  total: 'Mapping',
};

/**
 * The rows of a comparison, then what was left out, then what each column was, its change, and what
 * it is: rows and what was left out add up to the change.
 */
export function differenceTable(comparison: Comparison, look: TableLook): Table {
  const { by, columns, rows, more, totals } = comparison;
  const hasAddress = by === 'address';
  const others = hasAddress ? [STATUS, ADDRESS] : [STATUS];
  const body = rows.map((row): TableCell[] => {
    const { status, changes } = row;
    const place = hasAddress ? [addressText(row)] : [];
    return [...changeCells(comparison, changes, look), status, ...place, labelText(row, by, look)];
  });
  const last = (
    cells: readonly TableCell[],
    label: string,
    paint = look.paint.total,
  ): TableCell[] => {
    const painted = cells.map((cell) => (typeof cell === 'string' ? paint(cell) : cell));
    return [...painted, ...others.map(() => undefined), paint(label)];
  };
  const amounts = (side: 'before' | 'after') =>
    columns.map((column, i) => amountText(column, totals[i]?.[side], look.sizes));
  if (more.count > 0) {
    const label = `(${more.count} more ${more.count === 1 ? 'row' : 'rows'})`;
    body.push(last(changeCells(comparison, more.changes, look), label, (text) => text));
  }
  body.push(last(amounts('before'), 'before'));
  body.push(last(changeCells(comparison, totals, { ...look, paint: PLAIN_PAINT }), 'change'));
  const label = { id: 'label', title: LABEL_TITLES[by], kind: 'text' } as const;
  return {
    columns: [...columns.map(tableColumn), ...others, label],
    rows: look.quiet ? body.slice(0, rows.length) : body,
    total: last(amounts('after'), 'after', (text) => text),
  };
}

/** No colour. */
export const PLAIN_PAINT: Paint = {
  grew: (text) => text,
  shrank: (text) => text,
  total: (text) => text,
};

function changeCells(
  { columns }: Comparison,
  changes: readonly Change[],
  { sizes, paint }: TableLook,
): TableCell[] {
  return columns.map((column, i) => {
    const change = changes[i]?.change;
    const text = changeText(column, change, sizes);
    if (text === undefined || change === undefined || change === 0) return text;
    return change > 0 ? paint.grew(text) : paint.shrank(text);
  });
}

function addressText({ pair }: Difference): string {
  return shownPart(pair).mapping.start.toString(16).padStart(8, '0');
}

function labelText({ pair }: Difference, by: ComparedBy, { onTerminal }: TableLook): string {
  const { mapping, owner } = shownPart(pair);
  if (by === 'kind') return mapping.kind ?? '';
  if (by === 'mode') return mapping.perms;
  if (by === 'total') return 'all';
  return fromByteString(visible(owner, onTerminal));
}
