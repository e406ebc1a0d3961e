import { formatOf } from '../../cli/options/shared-options.ts';
import type { NumberColumn } from '../../columns/column.ts';
import { FIGURES } from '../../columns/figures.ts';
import { columns as ALL_COLUMNS } from '../../columns/table.ts';
import { FORMATS } from '../../format/machine/formats.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import type { Grouping } from '../../model/grouping.ts';
import { Users } from '../../proc/process/users.ts';
import type { MapSource } from '../../sources/map-source.ts';
import type { Sources } from '../../sources/open-sources.ts';
import { isDescribed } from '../../sources/process-description.ts';
import type { SummaryOptions } from './options.ts';
import { type RowChoice, standardSort } from './row-choice.ts';
import type { SummaryRequest } from './summarize.ts';
import type { SummaryView } from './view.ts';

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

/** What to read and add up. */
export function summaryRequest(
  options: SummaryOptions,
  root: string,
  { sources, slots }: Sources,
  { columns, sort, filter }: RowChoice,
  isOne: boolean,
): SummaryRequest {
  const summed = summedColumns(options, { columns, sort }, isOne);
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
    groupings: groupingsFor(options, isOne),
    groupsOnlyOne: options.from !== undefined && shapeFollowsCount(options),
    users: new Users(),
  };
}

/** The columns that the report shows or sorts by, without those that status has. */
function summedColumns(
  options: SummaryOptions,
  { columns, sort }: Pick<RowChoice, 'columns' | 'sort'>,
  isOne: boolean,
): NumberColumn[] {
  const { total, totalsOnly, groupBy } = options;
  const isDetailed = formatOf(options) === 'text' && isOne && groupBy === undefined;
  const areAllShown = options.columns === undefined || (isDetailed && !total && !totalsOnly);
  const isTable = formatOf(options) === 'text' && !isOne && !total;
  const figures = areAllShown && !isTable ? FIGURES.map(({ column }) => column) : [];
  // Machine formats keep the order of the processes unless another is asked for.
  const isSorted = options.sort !== undefined || (formatOf(options) === 'text' && !total);
  const sorted = isSorted ? sort.map(({ column }) => column) : [];
  // Tables of groups show how many mappings there are.
  const counts = groupBy === undefined ? [] : [ALL_COLUMNS.mappings as NumberColumn];
  const all = [...figures, ...columns, ...counts, ...sorted];
  return all.filter(({ isOfProcess }) => isOfProcess !== true);
}

/** Whether the user chose columns, and none of them shows memory. */
function isMapsEnough(options: SummaryOptions, { columns, sort, filter }: RowChoice): boolean {
  const sorted = options.sort === undefined ? [] : sort.map(({ column }) => column);
  const fields = [...columns, ...sorted].flatMap((column) => column.fields);
  return (
    options.columns !== undefined && fields.length === 0 && (filter?.fields ?? []).length === 0
  );
}

/** Whether a text shows the groups of a process only if it is the only one in the file. */
function shapeFollowsCount(options: SummaryOptions): boolean {
  return formatOf(options) === 'text' && options.groupBy === undefined;
}

/** The groupings of mappings that the report shows for each process. */
function groupingsFor(options: SummaryOptions, isOne: boolean): readonly Grouping[] {
  const format = formatOf(options);
  if (options.groupBy !== undefined) return [options.groupBy];
  if (options.totalsOnly) return [];
  if (format !== 'text') return FORMATS[format].isFlat ? [] : ['kind', 'mapping'];
  return options.total || !isOne ? [] : ['kind', 'mapping'];
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
    // How many processes a file holds is known only now.
    sort: options.sort === undefined ? standardSort(options, columns, isOne) : sort,
    maxMapCount,
  };
}
