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

function sortFrom({ sort = '-rss' }: SummaryOptions, findColumn: FindColumn) {
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
    groupsOnlyOne: formatOf(options) === 'text',
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
  if (format !== 'text') return FORMATS[format].isFlat ? [] : ['kind', 'mapping'];
  if (options.groupBy !== undefined) return [options.groupBy];
  return options.total || options.totalsOnly ? [] : ['kind', 'mapping'];
}

/** How to show summaries to people. */
export function summaryView(
  options: SummaryOptions,
  { columns, sort }: RowChoice,
  maxMapCount: number | undefined,
): SummaryView {
  return {
    columns,
    explain: options.explain,
    figuresOnly: options.total || options.totalsOnly,
    groupBy: options.groupBy,
    top: options.top,
    sort,
    maxMapCount,
  };
}
