import { findColumn } from '../../columns/catalogue.ts';
import { inBytes, type NumberColumn } from '../../columns/column.ts';
import type { Mapping } from '../../model/mapping.ts';
import { type Figures, type PerFigure, perFigure } from '../../model/watched.ts';
import { Totals } from '../totals.ts';

/** The column of each figure. */
export const WATCHED_COLUMNS: PerFigure<NumberColumn> = perFigure((id) => {
  const column = findColumn(id);
  if (column?.kind !== 'number') throw new Error(`no column of numbers: ${id}`);
  return column;
});

/** What rows come to together. */
export function figuresOf(rows: Iterable<Mapping>): Figures {
  const totals = new Totals(Object.values(WATCHED_COLUMNS));
  for (const row of rows) totals.add(row);
  return perFigure((id) => {
    const sum = totals.known(WATCHED_COLUMNS[id]);
    return sum === undefined ? undefined : inBytes(WATCHED_COLUMNS[id], sum);
  });
}
