import { Totals } from '../../aggregate/totals.ts';
import type { NumberColumn } from '../../columns/column.ts';
import { NO_MAPPING } from '../../model/mapping.ts';
import type { Sample } from '../../model/sample.ts';
import type { ProcessSummary } from './view.ts';

/** The sums over the mappings of a process. */
export type ProcessSums = Pick<ProcessSummary, 'totals' | 'kinds' | 'owners' | 'modes'>;

/** The sums of a recorded sample that holds only groups of mappings, or only totals. */
export function sumsOfGroups(
  { detail, rows }: Sample,
  columns: readonly NumberColumn[],
): ProcessSums {
  const none = { kinds: [], owners: [], modes: [] };
  if (detail === 'total') {
    const [total = NO_MAPPING] = rows;
    return { ...none, totals: (column) => totalOf(column, total) };
  }
  const totals = new Totals(columns);
  for (const row of rows) totals.add(row);
  const known = { ...none, totals: (column: NumberColumn) => totals.known(column) };
  return detail === 'kind' ? { ...known, kinds: rows } : { ...known, owners: rows };
}

/** A column of the kernel's totals, which have neither addresses nor a number of mappings. */
export function totalOf(column: NumberColumn, total: typeof NO_MAPPING): number | undefined {
  return column.fields.length === 0 ? undefined : column.value(total);
}
