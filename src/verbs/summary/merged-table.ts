import { type MergedGroup, mergeGroups } from '../../aggregate/group.ts';
import { sortRows } from '../../aggregate/sort.ts';
import type { NumberColumn } from '../../columns/column.ts';
import { columns } from '../../columns/table.ts';
import { tableColumn } from '../../format/table/map-table.ts';
import { visible } from '../../format/visible.ts';
import { fromByteString } from '../../model/byte-string.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Table, TableColumn } from '../../model/table.ts';
import { cellOf, sumOver, text } from './tables.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

const PROCESSES: TableColumn = { id: 'processes', title: 'Processes', kind: 'count' };

/** The mappings of all processes in groups, sorted and cut; each address space counts once. */
export function mergedGroups(
  summaries: readonly ProcessSummary[],
  { sort, top }: SummaryView,
  by: Grouping,
): MergedGroup[] {
  const counted = summaries.filter(({ addressSpaceOf }) => addressSpaceOf === undefined);
  const merged = mergeGroups(
    counted.map((summary) => groupsOf(summary, by)),
    by,
  );
  const valuesOf = ({ group }: MergedGroup) => sort.map(({ column }) => column.value(group));
  return sortRows(merged, sort, valuesOf).slice(0, top);
}

/** A row for each group of mappings of all processes, and their total. */
export function mergedTable(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  by: Grouping,
  onTerminal: boolean,
): Table {
  const numbers = [
    columns.mappings as NumberColumn,
    ...view.columns.filter(({ id }) => id !== columns.mappings.id),
  ];
  const title = { mapping: 'Mapping', kind: 'Kind', mode: 'Perm' }[by];
  return {
    columns: [PROCESSES, ...numbers.map(tableColumn), text('label', title)],
    rows: mergedGroups(summaries, view, by).map(({ group, processes }) => [
      processes,
      ...numbers.map((column) => cellOf(column, column.value(group))),
      {
        mapping: fromByteString(visible(group.name, onTerminal)),
        kind: group.kind ?? '',
        mode: group.perms,
      }[by],
    ]),
    total: [
      undefined,
      ...numbers.map((column) => cellOf(column, sumOver(summaries, column))),
      'total',
    ],
  };
}

function groupsOf({ owners, kinds, modes }: ProcessSummary, by: Grouping) {
  return { mapping: owners, kind: kinds, mode: modes }[by];
}
