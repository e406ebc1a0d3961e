import { sortRows } from '../../aggregate/sort.ts';
import { inBytes, isSize, isSummable, type NumberColumn } from '../../columns/column.ts';
import { FIGURES } from '../../columns/figures.ts';
import { columns } from '../../columns/table.ts';
import { commandLine } from '../../format/command-line.ts';
import { shareOf, withBars } from '../../format/table/bars.ts';
import type { SizeStyle } from '../../format/table/cell-text.ts';
import { tableColumn } from '../../format/table/map-table.ts';
import { visible } from '../../format/visible.ts';
import { fromByteString } from '../../model/byte-string.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Table, TableCell, TableColumn } from '../../model/table.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

const DEFAULT_LARGEST = 10;

/** The title of the column of figures, by the style of sizes. */
const UNIT_TITLES: Readonly<Record<SizeStyle, string>> = {
  kib: 'KiB',
  bytes: 'Bytes',
  human: 'Size',
};

const text = (id: string, title: string): TableColumn => ({ id, title, kind: 'text' });

/** The figures of one process, a row each. */
export function figureTable(
  summary: ProcessSummary,
  { maxMapCount }: SummaryView,
  sizes: SizeStyle,
): Table {
  const rows = FIGURES.map(({ column, title }): TableCell[] => {
    const value = summary.totals(column);
    const limit = column.id === 'mappings' && maxMapCount !== undefined ? ` of ${maxMapCount}` : '';
    const cell = value === undefined || isSize(column) ? undefined : String(value);
    const size = value === undefined || !isSize(column) ? cell : inBytes(column, value);
    return [column.id, size, `${title}${limit}`];
  });
  const size: TableColumn = { id: 'size', title: UNIT_TITLES[sizes], kind: 'size' };
  return { columns: [text('figure', 'Figure'), size, text('meaning', 'Meaning')], rows };
}

/** The mappings of one process grouped by kind, sorted. */
export function kindTable(summary: ProcessSummary, view: SummaryView, bars: boolean): Table {
  const label = (mapping: Mapping) => mapping.kind ?? '';
  return groupTable(sortedGroups(summary.kinds, view), summary, view, {
    title: 'Kind',
    label,
    bars,
  });
}

/** The mappings of one process grouped by permissions, sorted. */
export function modeTable(summary: ProcessSummary, view: SummaryView, bars: boolean): Table {
  const label = ({ perms }: Mapping) => perms;
  return groupTable(sortedGroups(summary.modes, view), summary, view, {
    title: 'Perm',
    label,
    bars,
  });
}

/** The largest files and labels of one process; the mappings of each are one row. */
export function ownerTable(
  summary: ProcessSummary,
  view: SummaryView,
  { bars, onTerminal }: { readonly bars: boolean; readonly onTerminal: boolean },
): Table {
  const label = ({ name }: Mapping) => fromByteString(visible(name, onTerminal));
  const largest = sortedGroups(summary.owners, view).slice(0, view.top ?? DEFAULT_LARGEST);
  const shape = { title: 'Mapping', label, bars };
  const { columns: shown, rows } = groupTable(largest, summary, view, shape);
  return { columns: shown, rows };
}

/** Several processes, a row each, and their total. */
export function processTable(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  onTerminal: boolean,
): Table {
  const pid: TableColumn = { id: 'pid', title: 'PID', kind: 'count' };
  const sorted = sortRows(summaries, view.sort, ({ totals }) =>
    view.sort.map(({ column }) => totals(column)),
  );
  return {
    columns: [
      pid,
      text('user', 'User'),
      ...view.columns.map(tableColumn),
      text('command', 'Command'),
    ],
    rows: sorted
      .slice(0, view.top)
      .map((summary) => [
        summary.head.pid,
        summary.user ?? '',
        ...view.columns.map((column) => cellOf(column, summary.totals(column))),
        fromByteString(commandLine(summary.head, onTerminal)),
      ]),
    total: [undefined, 'total', ...view.columns.map((column) => sumOver(summaries, column)), ''],
  };
}

interface GroupShape {
  readonly title: string;
  readonly bars: boolean;
  label(mapping: Mapping): string;
}

function groupTable(
  groups: readonly Mapping[],
  summary: ProcessSummary,
  { columns: chosen }: SummaryView,
  { title, bars, label }: GroupShape,
): Table {
  const numbers = [
    columns.mappings as NumberColumn,
    ...chosen.filter(({ id }) => id !== 'mappings'),
  ];
  const rss = summary.totals(columns.rss) ?? 0;
  const table = {
    columns: [...numbers.map(tableColumn), text('label', title)],
    rows: groups.map((group) => [
      ...numbers.map((column) => cellOf(column, column.value(group))),
      label(group),
    ]),
    total: [...numbers.map((column) => cellOf(column, summary.totals(column))), 'total'],
  };
  return bars
    ? withBars(
        table,
        groups.map((group) => shareOf(group, rss)),
      )
    : table;
}

function sortedGroups(groups: readonly Mapping[], { sort }: SummaryView): Mapping[] {
  return sortRows(groups, sort, (group) => sort.map(({ column }) => column.value(group)));
}

function cellOf(column: NumberColumn, value: number | undefined): TableCell {
  return value === undefined ? undefined : inBytes(column, value);
}

/**
 * The sum of a column over several processes, each address space once; undefined if it is not known for any
 * of them.
 */
export function sumOver(
  summaries: readonly ProcessSummary[],
  column: NumberColumn,
): number | undefined {
  if (!isSummable(column)) return undefined;
  const counted = summaries.filter(({ addressSpaceOf }) => addressSpaceOf === undefined);
  const values = counted.flatMap((summary) => summary.totals(column) ?? []);
  if (values.length === 0) return undefined;
  return inBytes(
    column,
    values.reduce((sum, value) => sum + value, 0),
  );
}
