import {
  ChangeSum,
  type ComparedColumn,
  changeOf,
} from '../../aggregate/differences/change-sum.ts';
import type { Direction, Order } from '../../aggregate/differences/order.ts';
import { isSummable, type NumberColumn } from '../../columns/column.ts';
import type { Change, Difference } from '../../model/difference.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Sample } from '../../model/sample.ts';
import type { Comparison, DiffRequest } from './comparison.ts';
import { namesOf, type SamplePair } from './row-pairs.ts';

/** A column, and how to read its number on each side. */
export function comparedColumn(
  column: NumberColumn,
  { before, after }: SamplePair,
): ComparedColumn {
  return { column, before: numberIn(column, before), after: numberIn(column, after) };
}

/** Reads a column's number in a sample; unknown for columns of maps if the sample holds only totals. */
function numberIn(column: NumberColumn, { detail }: Sample) {
  if (detail === 'total' && column.fields.length === 0) return () => undefined;
  return (mapping: Mapping) => column.value(mapping);
}

/** The sort orders of rows; by default the largest change in the first column comes first. */
export function rowOrders({ sort, columns }: DiffRequest, samples: SamplePair): Order[] {
  const byChange = (column: NumberColumn, direction: Direction): Order => {
    return { by: 'change', change: changeReader(column, columns, samples), direction };
  };
  if (sort.length === 0) return columns.slice(0, 1).map((column) => byChange(column, 'size'));
  const names = namesOf(samples.after);
  return sort.map(({ column, isDescending }) => {
    const direction = isDescending ? 'descending' : 'ascending';
    return isSummable(column)
      ? byChange(column, direction)
      : { by: 'fact', column, names, direction };
  });
}

/** The largest growth of a row in the main column, and whether the growth of every row is known. */
export function growthOf(
  rows: readonly Difference[],
  request: DiffRequest,
  samples: SamplePair,
): Comparison['growth'] {
  const column = mainColumn(request);
  const changeIn = changeReader(column, request.columns, samples);
  let largest = 0;
  let isKnown = true;
  for (const row of rows) {
    const change = changeIn(row);
    if (change === undefined) isKnown = false;
    else largest = Math.max(largest, change);
  }
  return { column, largest, isKnown };
}

/** The column in which growth is measured: the first sort key if it can be added up, else the first shown. */
function mainColumn({ sort: [first], columns }: DiffRequest): NumberColumn {
  const [shown] = columns;
  if (first !== undefined && isSummable(first.column)) return first.column;
  if (shown === undefined) throw new Error('a comparison without columns');
  return shown;
}

/** A function for a row's change in a column, which need not be among the compared ones. */
function changeReader(
  column: NumberColumn,
  compared: readonly NumberColumn[],
  samples: SamplePair,
): (row: Difference) => number | undefined {
  const index = compared.findIndex(({ id }) => id === column.id);
  const own = comparedColumn(column, samples);
  return ({ pair, changes }) => (index < 0 ? changeOf(pair, own) : changes[index])?.change;
}

/** The sum of some rows' changes in the column with this index. */
export function sumOfChanges(rows: readonly Difference[], index: number): Change {
  const sum = new ChangeSum();
  for (const { pair, changes } of rows) {
    const change = changes[index];
    if (change !== undefined) sum.add(pair, change);
  }
  return sum.part;
}
