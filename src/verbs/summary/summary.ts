import { compileFilter } from '../../aggregate/filter/compile.ts';
import { EXIT, statusOf } from '../../cli/exit-status.ts';
import { checkFormat, checkOperands } from '../../cli/options/checks.ts';
import { chooseColumns } from '../../cli/options/column-choice.ts';
import { columnsHelp } from '../../cli/options/columns-help.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import { printDocument } from '../../cli/output/print-document.ts';
import { complain } from '../../cli/output/stderr.ts';
import { print, stdoutStyle, stdoutWriter } from '../../cli/output/stdout.ts';
import { tablePrinting } from '../../cli/output/table-printing.ts';
import { describe, unreadableText } from '../../cli/problem-text.ts';
import { rootOf, sourcesFrom } from '../../cli/source-arguments.ts';
import type { VerbCall, VerbModule } from '../../cli/verb.ts';
import { findColumn } from '../../columns/catalogue.ts';
import { isSummable, type NumberColumn } from '../../columns/column.ts';
import { FIGURES } from '../../columns/figures.ts';
import type { FieldVocabulary } from '../../model/fields.ts';
import type { Problem } from '../../model/problem.ts';
import { UsageError } from '../../model/usage-error.ts';
import { Users } from '../../proc/process/users.ts';
import { readMaxMapCount } from '../../proc/system.ts';
import { fieldsOf, originOf, rowsOf, type Sources } from '../../sources/open-sources.ts';
import { SUMMARY_OPTIONS, type SummaryOptions } from './options.ts';
import { summaryDocument } from './records.ts';
import { type SummaryRequest, summarize } from './summarize.ts';
import { printSummaries } from './text.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

const BASE_COLUMNS = ['rss', 'pss', 'uss', 'swap'];

type SummaryCall = VerbCall<typeof SUMMARY_OPTIONS>;

/** `tsmap summary`: how much is really used, and by what. */
export const verb: VerbModule<typeof SUMMARY_OPTIONS> = { options: SUMMARY_OPTIONS, run };

async function run({ invocation, options, operands }: SummaryCall): Promise<number> {
  if (options.columns === 'help') {
    print(columnsHelp());
    return EXIT.ok;
  }
  checkOperands(options, operands, invocation.args.length > 0);
  checkFormat(options);
  const root = rootOf(options);
  const chosen = await sourcesFrom(options, operands);
  checkRecorded(options, chosen.sources);
  const known = await fieldsOf(options, root, chosen);
  const request = await requestOf(options, root, chosen, known);
  const { recorded } = chosen;
  const view = viewOf(
    options,
    known,
    recorded === undefined ? readMaxMapCount(root) : recorded.maxMapCount,
  );
  const problems: Problem[] = [...chosen.problems];
  const summaries = summarize(request, (problem) => problems.push(problem));
  await report(options, { summaries, problems, root, view, recorded });
  for (const problem of problems) complain(invocation.name, describe(problem));
  complain(invocation.name, ...unreadableText(problems));
  if (chosen.noMatch) complain(invocation.name, 'no process matches');
  const status = chosen.noMatch ? EXIT.noSuchProcess : EXIT.ok;
  return problems.reduce<number>((all, { code }) => all | statusOf(code), status);
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

async function requestOf(
  options: SummaryOptions,
  root: string,
  { sources, slots }: Sources,
  known: FieldVocabulary,
): Promise<SummaryRequest> {
  const { filter: text, totalsOnly } = options;
  // Checks the filter, so that a mistake is told with its place.
  await rowsOf(text === undefined ? undefined : { filter: text }, known);
  const filter =
    text === undefined ? undefined : compileFilter(text, (name) => findColumn(name, known));
  if (filter !== undefined && totalsOnly) {
    throw new UsageError('--totals-only reads no mappings that --filter could choose from');
  }
  const columns = [...FIGURES.map(({ column }) => column), ...columnsOf(options, known)];
  const common = { root, sources, slots, columns, totalsOnly, users: new Users() };
  return filter === undefined
    ? common
    : { ...common, filter: (mapping, names) => filter.test(mapping, names) };
}

function columnsOf({ columns }: SummaryOptions, known: FieldVocabulary): NumberColumn[] {
  const chosen = chooseColumns(columns, BASE_COLUMNS, known).choose(known);
  const wrong = chosen.find((column) => !isSummable(column));
  if (wrong !== undefined) {
    throw new UsageError(`--columns: '${wrong.id}' cannot be added up, as a summary does`);
  }
  return chosen.filter(isSummable);
}

function viewOf(
  options: SummaryOptions,
  known: FieldVocabulary,
  maxMapCount: number | undefined,
): SummaryView {
  const [, sign = '-', name = ''] = /^(-?)(.*)$/.exec(options.sort ?? '-rss') ?? [];
  const sortColumn = findColumn(name, known);
  if (sortColumn === undefined || !isSummable(sortColumn)) {
    throw new UsageError(`--sort: '${name}' is no column that can be added up`);
  }
  return {
    columns: columnsOf(options, known),
    explain: options.explain,
    figuresOnly: options.total || options.totalsOnly,
    groupBy: options.groupBy,
    top: options.top,
    sortColumn,
    isAscending: sign === '',
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
