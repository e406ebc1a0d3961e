import type { Filter } from '../../aggregate/filter/compile.ts';
import type { SortKey } from '../../aggregate/sort.ts';
import { chooseColumns } from '../../cli/options/column-choice.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import { isSummable, type NumberColumn } from '../../columns/column.ts';
import { FIGURES } from '../../columns/figures.ts';
import { FORMATS } from '../../format/machine/formats.ts';
import { mistakeIn, UsageError } from '../../model/errors/usage-error.ts';
import type { Grouping } from '../../model/grouping.ts';
import { Users } from '../../proc/process/users.ts';
import type { MapSource } from '../../sources/map-source.ts';
import type { Sources } from '../../sources/open-sources.ts';
import { isDescribed } from '../../sources/process-description.ts';
import { filterOf, sortKeysOf } from '../../sources/rows/row-plan.ts';
import type { SummaryOptions } from './options.ts';
import type { SummaryRequest } from './summarize.ts';
import type { SummaryView } from './view.ts';

const BASE_COLUMNS = ['rss', 'pss', 'uss', 'swap'];

/**
 * Checks that a recording holds enough detail for --filter and --group-by, which need its mappings.
 *
 * @throws UsageError.
 */
export function checkRecordedDetail(
  { filter, groupBy }: SummaryOptions,
  sources: Sources['sources'],
): void {
  // A saved text can be read only once; it has no detail.
  const recorded = Array.isArray(sources) ? (sources as readonly MapSource[]) : [];
  const isCoarse = ({ recorded }: MapSource) => (recorded?.detail ?? 'all') !== 'all';
  const detail = recorded.find(isCoarse)?.recorded?.detail;
  if (detail === undefined) return;
  if (filter === undefined && (groupBy === undefined || groupBy === detail)) return;
  const option = filter === undefined ? `--group-by ${groupBy}` : '--filter';
  throw new UsageError(`${option} needs mappings, but this was recorded with --by ${detail}`);
}

/** The columns, sort keys and filter that the options choose, compiled. */
export interface RowChoice {
  /** The columns of tables. */
  readonly columns: readonly NumberColumn[];
  readonly sort: readonly SortKey<NumberColumn>[];
  readonly filter: Filter | undefined;
}

/** Compiles --columns, --sort and --filter. @throws UsageError. */
export function chooseRows(options: SummaryOptions, findColumn: FindColumn): RowChoice {
  const filter = filterOf(options.filter, findColumn);
  if (filter !== undefined && options.totalsOnly) {
    throw new UsageError('--filter contradicts --totals-only, which reads no mappings');
  }
  return { columns: columnsFrom(options, findColumn), sort: sortFrom(options, findColumn), filter };
}

function columnsFrom(options: SummaryOptions, findColumn: FindColumn): NumberColumn[] {
  const { columns } = chooseColumns(options.columns, BASE_COLUMNS, findColumn);
  const wrong = columns.find((column) => !isSummable(column));
  if (wrong === undefined) return columns.filter(isSummable);
  throw new UsageError(`--columns: '${wrong.id}' cannot be added up, so a summary cannot show it`);
}

function sortFrom(options: SummaryOptions, findColumn: FindColumn) {
  // Over several processes, RSS counts what they share several times.
  const { sort = options.groupBy === undefined ? '-rss' : '-pss,-rss' } = options;
  return sortKeysOf(sort, findColumn).map(({ column, ...key }) => {
    if (isSummable(column)) return { ...key, column };
    const message = `'${column.id}' cannot be added up, so a summary cannot be sorted by it`;
    throw mistakeIn('--sort', sort, { message, at: key.at });
  });
}

/** What to read and add up. */
export function summaryRequest(
  options: SummaryOptions,
  root: string,
  { sources, slots }: Sources,
  { columns, sort, filter }: RowChoice,
): SummaryRequest {
  const figures = FIGURES.map(({ column }) => column);
  const summed = [...figures, ...columns, ...sort.map(({ column }) => column)];
  const byId = new Map(summed.map((column) => [column.id, column]));
  return {
    root,
    sources,
    slots,
    columns: [...byId.values()],
    totalsOnly: options.totalsOnly,
    showsOnlyTotals: (options.total || options.totalsOnly) && filter === undefined,
    isMapsEnough: isMapsEnough(options, { columns, sort, filter }),
    filter,
    groupings: groupingsFor(options),
    groupsOnlyOne: formatOf(options) === 'text' && options.groupBy === undefined,
    users: new Users(),
  };
}

/** Whether the user chose columns, and none of them shows memory. */
function isMapsEnough(options: SummaryOptions, { columns, sort, filter }: RowChoice): boolean {
  const sorted = options.sort === undefined ? [] : sort.map(({ column }) => column);
  const fields = [...columns, ...sorted].flatMap((column) => column.fields);
  return (
    options.columns !== undefined && fields.length === 0 && (filter?.fields ?? []).length === 0
  );
}

/** The groupings of mappings that the report shows for each process. */
function groupingsFor(options: SummaryOptions): readonly Grouping[] {
  const format = formatOf(options);
  if (options.groupBy !== undefined) return [options.groupBy];
  if (options.totalsOnly) return [];
  if (format !== 'text') return FORMATS[format].isFlat ? [] : ['kind', 'mapping'];
  return options.total ? [] : ['kind', 'mapping'];
}

/**
 * Whether a single process was asked for, which is shown in detail. The shape of a report does not depend
 * on how many processes answered: a file holds what it holds, but a name may match any number.
 */
export function asksForOne(
  options: SummaryOptions,
  operands: readonly string[],
  found: number,
): boolean {
  if (options.from !== undefined) return found === 1;
  return operands.length === 1 && !isDescribed(options) && !options.children;
}

/** How to show summaries. */
export function summaryView(
  options: SummaryOptions,
  { columns, sort }: RowChoice,
  { isOne, maxMapCount }: Pick<SummaryView, 'isOne' | 'maxMapCount'>,
): SummaryView {
  const figures = FIGURES.map(({ column }) => column);
  return {
    isOne,
    columns,
    figures: options.columns === undefined ? figures : columns,
    hasChosenColumns: options.columns !== undefined,
    isSorted: options.sort !== undefined,
    explain: options.explain,
    totalOnly: options.total,
    figuresOnly: options.total || options.totalsOnly,
    groupBy: options.groupBy,
    top: options.top,
    sort,
    maxMapCount,
  };
}
