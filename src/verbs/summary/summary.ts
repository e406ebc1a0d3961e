import type { Filter } from '../../aggregate/filter/compile.ts';
import type { SortKey } from '../../aggregate/sort.ts';
import { EXIT, statusOfAll } from '../../cli/exit-status.ts';
import { chooseColumns } from '../../cli/options/column-choice.ts';
import { columnsHelp } from '../../cli/options/columns-help.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import { validateFormat, validateOperands } from '../../cli/options/validate-options.ts';
import { printDocument } from '../../cli/output/print-document.ts';
import { complain } from '../../cli/output/stderr.ts';
import { print, stdoutStyle, stdoutWriter } from '../../cli/output/stdout.ts';
import { tablePrinting } from '../../cli/output/table-printing.ts';
import { problemText, unreadableText } from '../../cli/problem-text.ts';
import { rootOf, sourcesFrom } from '../../cli/source-arguments.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import { isSummable, type NumberColumn } from '../../columns/column.ts';
import { FIGURES } from '../../columns/figures.ts';
import { FORMATS } from '../../format/machine/formats.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Problem } from '../../model/problem.ts';
import { mistakeIn, UsageError } from '../../model/usage-error.ts';
import { Users } from '../../proc/process/users.ts';
import { readMaxMapCount } from '../../proc/system.ts';
import { finderOf, originOf, type Sources } from '../../sources/open-sources.ts';
import { filterOf, sortKeysOf } from '../../sources/rows/row-plan.ts';
import { SUMMARY_OPTIONS, type SummaryOptions } from './options.ts';
import { summaryDocument } from './records.ts';
import { type SummaryRequest, summarize } from './summarize.ts';
import { printSummaries } from './text.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

const BASE_COLUMNS = ['rss', 'pss', 'uss', 'swap'];

type SummaryCall = VerbArguments<typeof SUMMARY_OPTIONS>;

/** `tsmap summary`: how much is really used, and by what. */
export const verb: VerbModule<typeof SUMMARY_OPTIONS> = { options: SUMMARY_OPTIONS, run };

async function run({ invocation, options, operands }: SummaryCall): Promise<number> {
  if (options.columns === 'help') {
    print(columnsHelp());
    return EXIT.ok;
  }
  validateOperands(options, operands, invocation.args.length > 0);
  validateFormat(options);
  const root = rootOf(options);
  const chosen = await sourcesFrom(options, operands);
  checkRecorded(options, chosen.sources);
  const choice = choiceOf(options, await finderOf(root, chosen));
  const request = requestOf(options, root, chosen, choice);
  const { recorded } = chosen;
  const maxMapCount = recorded === undefined ? readMaxMapCount(root) : recorded.maxMapCount;
  const view = viewOf(options, choice, maxMapCount);
  const problems: Problem[] = [...chosen.problems];
  const summaries = summarize(request, (problem) => problems.push(problem));
  await report(options, { summaries, problems, root, view, recorded });
  for (const problem of problems) complain(invocation.name, problemText(problem));
  complain(invocation.name, ...unreadableText(problems));
  if (chosen.noMatch) complain(invocation.name, 'no process matches');
  const status = chosen.noMatch ? EXIT.noSuchProcess : EXIT.ok;
  return statusOfAll(problems, status);
}

/** What was recorded as sums cannot be taken apart any more. @throws UsageError. */
function checkRecorded({ filter, groupBy }: SummaryOptions, sources: Sources['sources']): void {
  const detail = sources.find(({ recorded }) => recorded !== undefined)?.recorded?.detail ?? 'all';
  if (detail === 'all') return;
  const asked =
    filter !== undefined ? '--filter' : groupBy === undefined ? undefined : `--group-by ${groupBy}`;
  if (asked === undefined || asked === `--group-by ${detail}`) return;
  throw new UsageError(`${asked} needs mappings, and this was recorded by ${detail}`);
}

/** What options choose of columns and mappings, compiled. */
interface Choice {
  /** The columns of tables. */
  readonly columns: readonly NumberColumn[];
  readonly sort: readonly SortKey<NumberColumn>[];
  readonly filter: Filter | undefined;
}

function choiceOf(options: SummaryOptions, findColumn: FindColumn): Choice {
  const filter = filterOf(options.filter, findColumn);
  if (filter !== undefined && options.totalsOnly) {
    throw new UsageError('--totals-only reads no mappings that --filter could choose from');
  }
  return { columns: columnsOf(options, findColumn), sort: sortOf(options, findColumn), filter };
}

function columnsOf(options: SummaryOptions, findColumn: FindColumn): NumberColumn[] {
  const { columns } = chooseColumns(options.columns, BASE_COLUMNS, findColumn);
  const wrong = columns.find((column) => !isSummable(column));
  if (wrong === undefined) return columns.filter(isSummable);
  throw new UsageError(`--columns: '${wrong.id}' cannot be added up, as a summary does`);
}

function sortOf({ sort = '-rss' }: SummaryOptions, findColumn: FindColumn) {
  return sortKeysOf(sort, findColumn).map(({ column, ...key }) => {
    if (isSummable(column)) return { ...key, column };
    const message = `'${column.id}' cannot be added up, as a summary does`;
    throw mistakeIn('--sort', sort, { message, at: key.at });
  });
}

function requestOf(
  options: SummaryOptions,
  root: string,
  { sources, slots }: Sources,
  { columns, sort, filter }: Choice,
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
    filter,
    groupings: groupingsOf(options),
    groupsOnlyOne: formatOf(options) === 'text',
    users: new Users(),
  };
}

/** The groups that a process is shown with. */
function groupingsOf(options: SummaryOptions): readonly Grouping[] {
  const format = formatOf(options);
  if (format !== 'text') return FORMATS[format].isFlat ? [] : ['kind', 'mapping'];
  if (options.groupBy !== undefined) return [options.groupBy];
  return options.total || options.totalsOnly ? [] : ['kind', 'mapping'];
}

function viewOf(
  options: SummaryOptions,
  { columns, sort }: Choice,
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

interface Result {
  readonly summaries: readonly ProcessSummary[];
  readonly problems: readonly Problem[];
  readonly root: string;
  readonly view: SummaryView;
  readonly recorded: Sources['recorded'];
}

async function report(options: SummaryOptions, result: Result): Promise<void> {
  const { summaries, problems, root, view, recorded } = result;
  const format = formatOf(options);
  if (format !== 'text') {
    const origin = () => originOf(root, options.from, recorded);
    await printDocument(format, summaryDocument(summaries, { origin, problems }));
    return;
  }
  const writer = stdoutWriter();
  const style = await stdoutStyle(options.color);
  await printSummaries(summaries, view, await tablePrinting(options, writer, style));
  writer.flush();
}
