import type { SizeStyle } from '../../format/table/cell-text.ts';
import { tableColumn } from '../../format/table/map-table.ts';
import { visible } from '../../format/visible.ts';
import { fromByteString } from '../../model/byte-string.ts';
import { type Change, type Difference, shownPart } from '../../model/difference.ts';
import type { Table, TableCell, TableColumn } from '../../model/table.ts';
import type { Comparison, RowUnit } from './comparison.ts';
import { amountText, changeText } from './signed-text.ts';

/** Colours of the cells of a table of differences. */
export interface ChangeColors {
  grew(text: string): string;
  shrank(text: string): string;
  total(text: string): string;
}

/** The appearance of a table of differences. */
export interface DifferenceStyle {
  readonly sizes: SizeStyle;
  readonly onTerminal: boolean;
  readonly colors: ChangeColors;
  /** Whether to omit the totals and the row about hidden rows. */
  readonly quiet: boolean;
}

/** No colours at all. */
export const NO_COLORS: ChangeColors = {
  grew: (text) => text,
  shrank: (text) => text,
  total: (text) => text,
};

const STATUS: TableColumn = { id: 'status', title: 'Status', kind: 'text' };
const ADDRESS: TableColumn = { id: 'address', title: 'Address', kind: 'text' };
const LABEL_TITLES: Readonly<Record<RowUnit, string>> = {
  address: 'Mapping',
  mapping: 'Mapping',
  kind: 'Kind',
  mode: 'Perm',
  total: 'Mapping',
};

/**
 * The rows of a comparison, a row with the sums of the hidden rows, then three rows of totals: before,
 * change and after. The rows add up to the change.
 */
export function differenceTable(comparison: Comparison, style: DifferenceStyle): Table {
  const { by, columns, rows } = comparison;
  const hasAddress = by === 'address';
  const textColumns = hasAddress ? [STATUS, ADDRESS] : [STATUS];
  const body = rows.map((row): TableCell[] => {
    const address = hasAddress ? [addressText(row)] : [];
    const label = labelText(row, by, style);
    return [...changeCells(comparison, row.changes, style), row.status, ...address, label];
  });
  const { hidden, before, change, after } = sumRows(comparison, style, textColumns.length);
  const label = { id: 'label', title: LABEL_TITLES[by], kind: 'text' } as const;
  return {
    columns: [...columns.map(tableColumn), ...textColumns, label],
    rows: style.quiet ? body : [...body, ...hidden, before, change],
    total: after,
  };
}

/** The rows of sums. They are empty in the `blanks` columns between the numbers and the label. */
function sumRows(comparison: Comparison, style: DifferenceStyle, blanks: number) {
  const { columns, more, totals } = comparison;
  const row = (
    cells: readonly TableCell[],
    label: string,
    color: (text: string) => string,
  ): TableCell[] => {
    const colored = cells.map((cell) => (typeof cell === 'string' ? color(cell) : cell));
    return [...colored, ...Array.from({ length: blanks }, () => undefined), color(label)];
  };
  const amounts = (side: 'before' | 'after') =>
    columns.map((column, i) => amountText(column, totals[i]?.[side], style.sizes));
  const hiddenLabel = `(${more.count} more ${more.count === 1 ? 'row' : 'rows'})`;
  const hidden = row(changeCells(comparison, more.changes, style), hiddenLabel, (text) => text);
  const changes = changeCells(comparison, totals, { ...style, colors: NO_COLORS });
  const { total } = style.colors;
  return {
    hidden: more.count > 0 ? [hidden] : [],
    before: row(amounts('before'), 'before', total),
    change: row(changes, 'change', total),
    // The table printer makes the last row bold.
    after: row(amounts('after'), 'after', (text) => text),
  };
}

function changeCells(
  { columns }: Comparison,
  changes: readonly Change[],
  { sizes, colors }: DifferenceStyle,
): TableCell[] {
  return columns.map((column, i) => {
    const change = changes[i]?.change;
    const text = changeText(column, change, sizes);
    if (text === undefined || change === undefined || change === 0) return text;
    return change > 0 ? colors.grew(text) : colors.shrank(text);
  });
}

function addressText({ pair }: Difference): string {
  return shownPart(pair).mapping.start.toString(16).padStart(8, '0');
}

function labelText({ pair }: Difference, by: RowUnit, { onTerminal }: DifferenceStyle): string {
  const { mapping, owner } = shownPart(pair);
  if (by === 'kind') return mapping.kind ?? '';
  if (by === 'mode') return mapping.perms;
  if (by === 'total') return 'all';
  return fromByteString(visible(owner, onTerminal));
}
