import { inBytes, type NumberColumn } from '../../columns/column.ts';
import { figureWithId } from '../../columns/figures.ts';
import type { Mapping } from '../../model/mapping.ts';
import { type Figures, type PerFigure, perFigure } from '../../model/watch/watched.ts';
import { Totals } from '../totals.ts';

/** The column of each watched figure. */
export const WATCHED_COLUMNS: PerFigure<NumberColumn> = perFigure((id) => figureWithId(id).column);

/** The figures of all rows together: sums in bytes. */
export function figuresOf(rows: Iterable<Mapping>): Figures {
  const totals = new Totals(Object.values(WATCHED_COLUMNS));
  for (const row of rows) totals.add(row);
  return perFigure((id) => {
    const sum = totals.known(WATCHED_COLUMNS[id]);
    return sum === undefined ? undefined : inBytes(WATCHED_COLUMNS[id], sum);
  });
}
