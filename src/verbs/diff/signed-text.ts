import { inBytes, type NumberColumn } from '../../columns/column.ts';
import { cellText, type SizeStyle } from '../../format/table/cell-text.ts';
import { tableColumn } from '../../format/table/map-table.ts';

/** A number of a column as text; undefined if not known. */
export function amountText(
  column: NumberColumn,
  value: number | undefined,
  sizes: SizeStyle,
): string | undefined {
  if (value === undefined) return undefined;
  return cellText(tableColumn(column), inBytes(column, value), sizes);
}

/** A change of a column as text, with its sign; `0` for no change, undefined if not known. */
export function changeText(
  column: NumberColumn,
  change: number | undefined,
  sizes: SizeStyle,
): string | undefined {
  if (change === undefined || change === 0) return amountText(column, change, sizes);
  // Rounded without the sign, so that growth and shrinkage by the same amount look alike.
  return `${change > 0 ? '+' : '-'}${amountText(column, Math.abs(change), sizes)}`;
}
