import type { Filter } from '../../aggregate/filter/compile.ts';
import type { SortKey } from '../../aggregate/sort.ts';
import { chooseColumns } from '../../cli/options/column-choice.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import type { Column, NumberColumn } from '../../columns/column.ts';
import { findFigure } from '../../columns/figures.ts';
import { mistakeIn, UsageError } from '../../model/errors/usage-error.ts';
import { filterOf, sortKeysOf } from '../../sources/rows/row-plan.ts';
import type { SummaryOptions } from './options.ts';

const BASE_COLUMNS = ['rss', 'pss', 'uss', 'swap'];

/** The columns, sort keys and filter that the options choose, compiled. */
export interface RowChoice {
  /** The columns of tables. */
  readonly columns: readonly NumberColumn[];
  readonly sort: readonly SortKey<NumberColumn>[];
  readonly filter: Filter | undefined;
}

/** Compiles --columns, --sort and --filter. @throws UsageError. */
export function chooseRows(
  options: SummaryOptions,
  findColumn: FindColumn,
  isOne: boolean,
): RowChoice {
  const filter = filterOf(options.filter, findColumn);
  if (filter !== undefined && options.totalsOnly) {
    throw new UsageError('--filter contradicts --totals-only, which reads no mappings');
  }
  const find: FindColumn = (name) => processColumn(name) ?? findColumn(name);
  const columns = columnsFrom(options, find);
  const sort = sortFrom(options, columns, isOne, find);
  refuseForGroups(options, columns, sort, isOne);
  return { columns, sort, filter };
}

/** Refuses a total of what several processes reached at different times. @throws UsageError. */
export function refuseTotalOfPeaks(
  options: SummaryOptions,
  { columns }: Pick<RowChoice, 'columns'>,
  isOne: boolean,
): void {
  if (isOne || !options.total || options.columns === undefined) return;
  const peak = columns.find((column) => !column.isSummable);
  if (peak === undefined) return;
  throw new UsageError(
    `--total: '${peak.id}' cannot be added up: processes reach it at different times`,
  );
}

/** The column of a figure that only whole processes have. */
function processColumn(name: string): NumberColumn | undefined {
  const column = findFigure(name)?.column;
  return column?.isOfProcess === true ? column : undefined;
}

/** Refuses figures of processes where groups of mappings are shown or sorted. @throws UsageError. */
function refuseForGroups(
  options: SummaryOptions,
  columns: RowChoice['columns'],
  sort: RowChoice['sort'],
  isOne: boolean,
): void {
  const { groupBy } = options;
  const shown = groupBy === undefined ? [] : columns;
  const sortsGroups = options.sort !== undefined && (isOne || groupBy !== undefined);
  const sorted = sortsGroups ? sort.map(({ column }) => column) : [];
  for (const [option, list] of [
    ['--columns', shown],
    ['--sort', sorted],
  ] as const) {
    const wrong = list.find(({ isOfProcess }) => isOfProcess === true);
    if (wrong === undefined) continue;
    throw new UsageError(
      `${option}: '${wrong.id}' is a figure of a whole process: groups of mappings do not have it`,
    );
  }
}

/** Whether a summary can show a column. */
function isShowable(column: Column): column is NumberColumn {
  if (column.kind !== 'number') return false;
  return column.isSummable || column.isOfProcess === true;
}

function columnsFrom(options: SummaryOptions, findColumn: FindColumn): NumberColumn[] {
  const { columns } = chooseColumns(options.columns, BASE_COLUMNS, findColumn);
  const wrong = columns.find((column) => !isShowable(column));
  if (wrong === undefined) return columns.filter(isShowable);
  throw new UsageError(`--columns: '${wrong.id}' cannot be added up, so a summary cannot show it`);
}

function sortFrom(
  options: SummaryOptions,
  columns: readonly NumberColumn[],
  isOne: boolean,
  findColumn: FindColumn,
): SortKey<NumberColumn>[] {
  if (options.sort === undefined) return standardSort(options, columns, isOne);
  const text = options.sort;
  return sortKeysOf(text, findColumn).map(({ column, ...key }) => {
    if (isShowable(column)) return { ...key, column };
    const message = `'${column.id}' cannot be added up, so a summary cannot be sorted by it`;
    throw mistakeIn('--sort', text, { message, at: key.at });
  });
}

/** The largest first, by what is shown: other figures need not be read. */
export function standardSort(
  { groupBy }: SummaryOptions,
  columns: readonly NumberColumn[],
  isOne: boolean,
): SortKey<NumberColumn>[] {
  // Over several processes, RSS counts what they share several times.
  const ids = groupBy === undefined || isOne ? ['rss'] : ['pss', 'rss'];
  const shown = ids.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  const keys = shown.length > 0 ? shown : columns.slice(0, 1);
  return keys.map((column) => ({ column, isDescending: true, at: 0 }));
}
