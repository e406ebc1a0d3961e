import { Totals } from '../../aggregate/totals.ts';
import type { NumberColumn } from '../../columns/column.ts';
import { NO_MAPPING } from '../../model/mapping.ts';
import type { Sample } from '../../model/sample.ts';
import type { ProcessSummary } from './view.ts';

/** What is added up over a process. */
export type Sums = Pick<ProcessSummary, 'totals' | 'kinds' | 'owners' | 'modes'>;

/** The sums of a sample that holds groups of mappings, or totals alone: as far as it goes. */
export function sumsOfGroups({ detail, rows }: Sample, columns: readonly NumberColumn[]): Sums {
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

/** Neither addresses nor mappings are in the kernel's totals: only what fields say is known. */
export function totalOf(column: NumberColumn, total: typeof NO_MAPPING): number | undefined {
  return column.fields.length === 0 ? undefined : column.value(total);
}
