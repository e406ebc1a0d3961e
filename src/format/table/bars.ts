import { columns } from '../../columns/table.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Share, Table, TableCell, TableColumn } from '../../model/table.ts';

/** The column of bars. */
const BAR: TableColumn = { id: 'share', title: 'Share of RSS', kind: 'bar' };

/** The private and the shared part of a group, as shares of all resident memory (`rssKib`). */
export function shareOf(group: Mapping, rssKib: number): Share {
  const uss = columns.uss.value(group) ?? 0;
  const rss = columns.rss.value(group) ?? 0;
  if (rssKib === 0) return { private: 0, shared: 0 };
  return { private: uss / rssKib, shared: Math.max(0, rss - uss) / rssKib };
}

/** Adds a bar to each row, before the last column, which holds names. */
export function withBars(table: Table, bars: readonly Share[]): Table {
  const before = <T>(cells: readonly T[], cell: T) => [
    ...cells.slice(0, -1),
    cell,
    ...cells.slice(-1),
  ];
  return {
    columns: before(table.columns, BAR),
    rows: table.rows.map((row, i) => before<TableCell>(row, bars[i])),
    ...(table.total === undefined ? {} : { total: before<TableCell>(table.total, '') }),
  };
}
