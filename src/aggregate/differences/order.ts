import type { Column } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import { type Difference, shownPart } from '../../model/difference.ts';

/** One thing that rows are ordered by. */
export type Order =
  /** How much a number changed: `size` is the largest change first, up or down. */
  | {
      readonly by: 'change';
      readonly direction: Direction;
      change(row: Difference): number | undefined;
    }
  /** A fact about the mapping as it is now; as it was, where it is gone. */
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
 * The rows in the first of the orders, those that are equal in it by the next one. Rows that are
 * equal in all of them keep their order. What is not known comes last.
 */
export function ordered(rows: readonly Difference[], orders: readonly Order[]): Difference[] {
  const keyed = rows.map((row) => ({ row, keys: orders.map((order) => keyOf(row, order)) }));
  const signs = orders.map(({ direction }) => (direction === 'ascending' ? 1 : -1));
  keyed.sort((a, b) => compareAll(a.keys, b.keys, signs));
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

function compareAll(a: readonly Key[], b: readonly Key[], signs: readonly number[]): number {
  for (let i = 0; i < signs.length; i++) {
    const order = compare(a[i], b[i], signs[i] as number);
    if (order !== 0) return order;
  }
  return 0;
}

function compare(a: Key, b: Key, sign: number): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -sign : sign;
}
