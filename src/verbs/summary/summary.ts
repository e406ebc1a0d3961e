import { EXIT, statusOfAll } from '../../cli/exit-status.ts';
import { noMatchTexts } from '../../cli/no-match.ts';
import { summaryColumnsHelp } from '../../cli/options/columns-help.ts';
import { validateFormat, validateOperands } from '../../cli/options/validate-options.ts';
import { complain } from '../../cli/output/stderr.ts';
import { print } from '../../cli/output/stdout.ts';
import { problemText, unreadableText } from '../../cli/problem-text.ts';
import { rootOf, sourcesFrom } from '../../cli/source-arguments.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { readMaxMapCount } from '../../proc/system.ts';
import { finderOf } from '../../sources/open-sources.ts';
import { filterNotices } from '../../sources/rows/row-plan.ts';
import { SUMMARY_OPTIONS } from './options.ts';
import { reportSummaries } from './report.ts';
import { refuseIdleOptions } from './refusals.ts';
import { asksForOne, checkRecordedDetail, summaryRequest, summaryView } from './request.ts';
import { chooseRows, refuseTotalOfPeaks } from './row-choice.ts';
import { summarize } from './summarize.ts';
import type { ProcessSummary } from './view.ts';

/** `tsmap summary`: shows how much memory is really used, and by what. */
export const verb: VerbModule<typeof SUMMARY_OPTIONS> = { options: SUMMARY_OPTIONS, run };

/** Marks the processes whose address space totals have counted already, and says so. */
async function withSharedSpaces(
  summaries: readonly ProcessSummary[],
  problems: Problem[],
): Promise<readonly ProcessSummary[]> {
  const places = summaries.flatMap(({ place }) => place ?? []);
  if (places.length < 2) return summaries;
  const { findSharedSpaces } = await import('../../sources/shared-spaces.ts');
  const { ownerOf, remarks } = findSharedSpaces(places);
  problems.push(...remarks);
  const ownerFor = ({ head }: ProcessSummary) => ownerOf.get(head.askedPid);
  return summaries.map((each) => ({ ...each, addressSpaceOf: ownerFor(each) }));
}

async function run({
  invocation,
  options,
  operands,
}: VerbArguments<typeof SUMMARY_OPTIONS>): Promise<number> {
  if (options.columns === 'help') {
    print(summaryColumnsHelp());
    return EXIT.ok;
  }
  validateOperands(options, operands, invocation.args.length > 0);
  validateFormat({ ...options, total: false });
  const root = rootOf(options);
  // A process that is given twice is shown once, as totals count it.
  const named = [...new Set(operands)];
  // How many processes a file holds is known only when it has been read.
  const mayBeOne = asksForOne(options, named, 1);
  refuseIdleOptions(options, asksForOne(options, named, 0));
  const chosen = await sourcesFrom(options, named);
  checkRecordedDetail(options, chosen.sources);
  const choice = chooseRows(options, await finderOf(root, chosen), asksForOne(options, named, 0));
  refuseTotalOfPeaks(options, choice, mayBeOne);
  const request = summaryRequest(options, root, chosen, choice, mayBeOne);
  const { recorded } = chosen;
  // A saved text comes from a machine whose limit is not known.
  const isLive = options.from === undefined;
  const maxMapCount = isLive ? readMaxMapCount(root) : recorded?.maxMapCount;
  const problems: Problem[] = [...chosen.problems];
  const read = summarize(request, (problem) => problems.push(problem));
  const summaries = await withSharedSpaces(read, problems);
  const isOne = asksForOne(options, named, summaries.length);
  refuseTotalOfPeaks(options, choice, isOne || summaries.length === 0);
  const view = summaryView(options, choice, { isOne, maxMapCount });
  await reportSummaries({ summaries, problems, root, view, recorded }, options);
  const notices = filterNotices(choice.filter);
  complain(invocation.name, ...notices, ...problems.map(problemText), ...unreadableText(problems));
  // Those that ended before they were read match no more than those that ended before.
  const noMatch = chosen.noMatch || (summaries.length === 0 && problems.length === 0);
  if (noMatch) complain(invocation.name, ...noMatchTexts(options));
  return statusOfAll(problems, noMatch ? EXIT.noSuchProcess : EXIT.ok);
}
