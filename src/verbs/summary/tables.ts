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

export const text = (id: string, title: string): TableColumn => ({ id, title, kind: 'text' });

/** Figures, a row each; `totals` gives their values in the columns' own units. */
export function figureTable(
  totals: (column: NumberColumn) => number | undefined,
  { maxMapCount, isOne, figuresOnly, figures }: SummaryView,
  sizes: SizeStyle,
): Table {
  const titles = new Map(FIGURES.map(({ column, title }) => [column.id, title]));
  const shown = figuresOnly ? figures : FIGURES.map(({ column }) => column);
  const rows = shown.map((column): TableCell[] => {
    const title = titles.get(column.id) ?? column.help;
    const value = totals(column);
    const isLimited = column.id === 'mappings' && isOne && maxMapCount !== undefined;
    const limit = isLimited ? ` of ${maxMapCount}` : '';
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
  return groupTable(shownGroups(summary.kinds, view), summary, view, {
    title: 'Kind',
    label,
    bars,
  });
}

/** The mappings of one process grouped by permissions, sorted. */
export function modeTable(summary: ProcessSummary, view: SummaryView, bars: boolean): Table {
  const label = ({ perms }: Mapping) => perms;
  return groupTable(shownGroups(summary.modes, view), summary, view, {
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
  const standard = view.groupBy === undefined ? DEFAULT_LARGEST : undefined;
  const largest = sortedGroups(summary.owners, view).slice(0, view.top ?? standard);
  const shape = { title: 'Mapping', label, bars };
  const table = groupTable(largest, summary, view, shape);
  // The largest ones of a report have no total; a grouping has.
  return view.groupBy === undefined ? { columns: table.columns, rows: table.rows } : table;
}

/** The processes in the order that the view asks for. */
export function sortedProcesses(
  summaries: readonly ProcessSummary[],
  { sort }: SummaryView,
): ProcessSummary[] {
  return sortRows(summaries, sort, ({ totals }) => sort.map(({ column }) => totals(column)));
}

/** Several processes, a row each, and their total. */
export function processTable(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  onTerminal: boolean,
): Table {
  const pid: TableColumn = { id: 'pid', title: 'PID', kind: 'count' };
  const sorted = sortedProcesses(summaries, view);
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
    total: [
      undefined,
      'total',
      ...view.columns.map((column) => cellOf(column, sumOver(summaries, column))),
      '',
    ],
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
    ...chosen.filter(({ id, isOfProcess }) => id !== 'mappings' && isOfProcess !== true),
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

/** With --group-by, --top limits the groups; otherwise it limits the largest mappings. */
function shownGroups(groups: readonly Mapping[], view: SummaryView): Mapping[] {
  return sortedGroups(groups, view).slice(0, view.groupBy === undefined ? undefined : view.top);
}

function sortedGroups(groups: readonly Mapping[], { sort }: SummaryView): Mapping[] {
  return sortRows(groups, sort, (group) => sort.map(({ column }) => column.value(group)));
}

export function cellOf(column: NumberColumn, value: number | undefined): TableCell {
  return value === undefined ? undefined : inBytes(column, value);
}

/**
 * The sum of a column over several processes in the column's own unit, each address space once; undefined
 * if it is not known for any of them, or is a peak, which they reached at different times.
 */
export function sumOver(
  summaries: readonly ProcessSummary[],
  column: NumberColumn,
): number | undefined {
  const counted = summaries.filter(({ addressSpaceOf }) => addressSpaceOf === undefined);
  if (!isSummable(column) && counted.length > 1) return undefined;
  const values = counted.flatMap((summary) => summary.totals(column) ?? []);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}
