import { EXIT, statusOfAll } from '../../cli/exit-status.ts';
import { columnsHelp } from '../../cli/options/columns-help.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import { validateFormat } from '../../cli/options/validate-options.ts';
import { complain } from '../../cli/output/stderr.ts';
import { print } from '../../cli/output/stdout.ts';
import { keepThresholdStatus } from '../../cli/output/threshold-status.ts';
import { problemText } from '../../cli/problem-text.ts';
import { checkRoot, rootOf } from '../../cli/source-arguments.ts';
import { systemClock } from '../../cli/system-clock.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import { inBytes } from '../../columns/column.ts';
import { FORMATS } from '../../format/machine/formats.ts';
import { fromByteString } from '../../model/byte-string.ts';
import { FieldSlots } from '../../model/fields.ts';
import { type Problem, ProblemError } from '../../model/problem.ts';
import { UsageError } from '../../model/usage-error.ts';
import { knownFields, mergedFields } from '../../proc/maps/known-fields.ts';
import { columnFinder } from '../../sources/rows/column-finder.ts';
import { compareSamples, type DiffRequest } from './compare.ts';
import type { ComparedSide, Comparison } from './comparison.ts';
import { type Side, type Sides, sidesOf } from './operands.ts';
import { DIFF_OPTIONS, type DiffOptions } from './options.ts';
import { pairSides, type SidePairs, type SideSample } from './pair-sides.ts';
import { type BothSides, readSides } from './read-sides.ts';
import type { DiffFindings } from './records.ts';
import { reportDiff } from './report.ts';
import { checkDetail, diffRequest } from './request.ts';

type DiffCall = VerbArguments<typeof DIFF_OPTIONS>;

/** `tsmap diff`: what grew between two samples of a process. */
export const verb: VerbModule<typeof DIFF_OPTIONS> = { options: DIFF_OPTIONS, run };

async function run({ invocation, options, operands }: DiffCall): Promise<number> {
  if (options.columns === 'help') {
    print(columnsHelp());
    return EXIT.ok;
  }
  checkOptions(options);
  const sides = await sidesOf(operands, options);
  const root = rootOf(options);
  const slots = new FieldSlots();
  const live = checkLive(sides, options, root);
  // What can be checked is, before anybody waits for a second look.
  const find = columnFinder(() => knownFields(root, live.pids, slots));
  const early = live.isAll ? diffRequest(options, find) : undefined;
  const problems: Problem[] = [];
  const read = await readBoth(sides, options, { root, slots, problems });
  const document = documentOf(read, options, { early, slots, problems });
  const result = { ...document, root: live.pids.length > 0 ? root : undefined };
  const status = exitStatus(result, options);
  await keepThresholdStatus(status, () => reportDiff(result, options));
  const { name } = invocation;
  const format = formatOf(options);
  if (format !== 'text' && FORMATS[format].isFlat) complain(name, ...onOneSide(result));
  for (const problem of problems) complain(name, problemText(problem));
  if (options.exitStatus) complain(name, ...unknownGrowth(result));
  return read?.end(status) ?? status;
}

function checkOptions(options: DiffOptions): void {
  validateFormat({ ...options, total: false });
  if (options.moreThan !== undefined && !options.exitStatus) {
    throw new UsageError('--more-than says what --exit-status looks for: it needs --exit-status');
  }
}

/** The processes among the sides, and whether all sides are. @throws UsageError, SystemError. */
function checkLive(sides: Sides, options: DiffOptions, root: string) {
  const both: readonly (Side | Sides)[] =
    sides.type === 'two' ? [sides.before, sides.after] : [sides];
  const pids = both.flatMap((side) => ('pid' in side ? [side.pid] : []));
  if (pids.length > 0) checkRoot(root);
  const isAll = pids.length === both.length;
  if (options.pid !== undefined && isAll) {
    throw new UsageError('--pid chooses among the processes of a recording, and none is given');
  }
  return { pids, isAll };
}

/** Undefined where a side cannot be read: its problem is among the problems then. */
async function readBoth(
  sides: Sides,
  { pid }: DiffOptions,
  { root, slots, problems }: { root: string; slots: FieldSlots; problems: Problem[] },
): Promise<BothSides | undefined> {
  // The same file may stand on both sides.
  const onProblem = (problem: Problem) => {
    if (!problems.some(({ message }) => message === problem.message)) problems.push(problem);
  };
  try {
    return await readSides(sides, { root, pid, slots, clock: systemClock, onProblem });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    onProblem(error.problem);
    return undefined;
  }
}

/** What the request is made of, and what comes into the document besides comparisons. */
interface Preparation {
  /** There where the request could be made before anything was read. */
  readonly early: DiffRequest | undefined;
  readonly slots: FieldSlots;
  readonly problems: readonly Problem[];
}

function documentOf(
  read: BothSides | undefined,
  options: DiffOptions,
  { early, slots, problems }: Preparation,
): DiffFindings {
  if (read === undefined) {
    return { comparisons: [], onlyBefore: [], onlyAfter: [], problems };
  }
  const all = [...read.before, ...read.after];
  const lookUp = () =>
    mergedFields(
      all.map(({ sample }) => sample.vocabulary),
      slots,
    );
  const request = early ?? diffRequest(options, columnFinder(lookUp));
  checkDetail(options, all);
  const paired = pairSides(read.before, read.after);
  checkPairs(paired);
  return {
    comparisons: compareAll(paired, request),
    onlyBefore: paired.onlyBefore.map(comparedSide),
    onlyAfter: paired.onlyAfter.map(comparedSide),
    problems,
  };
}

function compareAll({ pairs }: SidePairs, request: DiffRequest): Comparison[] {
  return pairs.map(([before, after]) => compareSamples(before, after, request));
}

/** Several processes on one side, and none of them on the other. @throws UsageError. */
function checkPairs({ pairs, onlyBefore, onlyAfter }: SidePairs): void {
  if (pairs.length > 0) return;
  const side = onlyBefore.length > 1 ? onlyBefore : onlyAfter;
  const pids = side.map(({ sample }) => sample.head.pid).join(', ');
  throw new UsageError(
    `'${side[0]?.source}' holds several processes (${pids}), none of which is the other side: ` +
      'choose one with --pid',
  );
}

/** Says which processes only one side has. */
export function onOneSide({ onlyBefore, onlyAfter }: DiffFindings): string[] {
  const say = (when: string) => (side: ComparedSide) =>
    `${side.head.pid} (${fromByteString(side.head.comm)}): only ${when}, compared with nothing`;
  return [...onlyBefore.map(say('before')), ...onlyAfter.map(say('after'))];
}

/** Where it cannot be told whether something grew, 0 would say that it did not. */
function unknownGrowth({ comparisons }: DiffFindings): string[] {
  return comparisons.flatMap(({ after, growth: { column, isKnown } }) =>
    isKnown ? [] : [`${after.source}: whether ${column.id} grew is not known: a side does not say`],
  );
}

function comparedSide({ sample, ...side }: SideSample): ComparedSide {
  return { moment: undefined, ...side, head: sample.head };
}

/** What grew too much stays so whatever else went wrong, as with check. */
function exitStatus({ comparisons, problems }: DiffFindings, options: DiffOptions): number {
  const limit = options.moreThan ?? 0;
  const grew = comparisons.some(({ growth }) => inBytes(growth.column, growth.largest) > limit);
  if (options.exitStatus && grew) return EXIT.threshold;
  const isUnknown = options.exitStatus && comparisons.some(({ growth }) => !growth.isKnown);
  const status = isUnknown ? EXIT.failure : EXIT.ok;
  return statusOfAll(problems, status);
}
