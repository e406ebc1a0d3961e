import type { Column } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import { type Difference, shownPart } from '../../model/difference.ts';

/** What rows are ordered by. */
export type Order =
  /** How much a number changed: `size` whichever way, the most first; the others with their sign. */
  | {
      readonly by: 'change';
      readonly direction: Direction;
      change(row: Difference): number | undefined;
    }
  /** A fact about the mapping as it is now, or was. */
  | {
      readonly by: 'fact';
      readonly column: Column;
      readonly names: NameRule;
      readonly direction: Direction;
    };

/** Which end comes first. */
export type Direction = 'size' | 'ascending' | 'descending';

type Key = number | string | undefined;

/** The rows in order; equal ones keep theirs, and what is not known comes last. */
export function ordered(rows: readonly Difference[], order: Order): Difference[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, order) }));
  const sign = order.direction === 'ascending' ? 1 : -1;
  keyed.sort((a, b) => compare(a.key, b.key, sign));
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

function compare(a: Key, b: Key, sign: number): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -sign : sign;
}
