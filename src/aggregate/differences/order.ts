import type { Column } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import { type Difference, shownPart } from '../../model/difference.ts';

/** One criterion that rows are ordered by. */
export type Order =
  /** How much a number changed: `size` is the largest change first, up or down. */
  | {
      readonly by: 'change';
      readonly direction: Direction;
      change(row: Difference): number | undefined;
    }
  /** A column of the later mapping; of the earlier one if the mapping is gone. */
  | {
      readonly by: 'fact';
      readonly column: Column;
      readonly names: NameRule;
      readonly direction: Direction;
    };

/** Which end comes first. */
export type Direction = 'size' | 'ascending' | 'descending';

type Key = number | string | undefined;

/**
 * Sorts rows by the first order, and rows that are equal in it by the next. Rows that are equal in all
 * orders stay as they were. Unknown values come last.
 */
export function ordered(rows: readonly Difference[], orders: readonly Order[]): Difference[] {
  const keyed = rows.map((row) => ({ row, keys: orders.map((order) => keyOf(row, order)) }));
  const signs = orders.map(({ direction }) => (direction === 'ascending' ? 1 : -1));
  keyed.sort((a, b) => compareKeys(a.keys, b.keys, signs));
  return keyed.map(({ row }) => row);
}

function keyOf(row: Difference, order: Order): Key {
  if (order.by === 'change') {
    const change = order.change(row);
    return change === undefined || order.direction !== 'size' ? change : Math.abs(change);
  }
  const { mapping } = shownPart(row.pair);
  const { column, names } = order;
  if (column.kind === 'number') return column.value(mapping);
  return column.value(mapping, names) || undefined;
}

function compareKeys(a: readonly Key[], b: readonly Key[], signs: readonly number[]): number {
  for (let i = 0; i < signs.length; i++) {
    const order = compareKey(a[i], b[i], signs[i] as number);
    if (order !== 0) return order;
  }
  return 0;
}

function compareKey(a: Key, b: Key, sign: number): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -sign : sign;
}
