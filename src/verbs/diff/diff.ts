import { EXIT } from '../../cli/exit-status.ts';
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
import { FORMATS } from '../../format/machine/formats.ts';
import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { FieldSlots } from '../../model/fields.ts';
import { knownFields } from '../../proc/maps/known-fields.ts';
import { columnFinder } from '../../sources/rows/column-finder.ts';
import { filterNotices } from '../../sources/rows/row-plan.ts';
import { exitStatus, oneSidedTexts, unknownGrowthTexts } from './diagnostics.ts';
import { type DiffFindings, findDifferences, requestForSides } from './findings.ts';
import { DIFF_OPTIONS, type DiffOptions } from './options.ts';
import { reportDiff } from './report.ts';
import { diffRequest } from './request.ts';
import { parseSides, type SideOperand, type SideOperands } from './sides/operands.ts';
import { type BothSides, readSides } from './sides/read-sides.ts';

type DiffArguments = VerbArguments<typeof DIFF_OPTIONS>;

/** `tsmap diff`: shows what grew between two samples of a process. */
export const verb: VerbModule<typeof DIFF_OPTIONS> = { options: DIFF_OPTIONS, run };

async function run({ invocation, options, operands, unclear }: DiffArguments): Promise<number> {
  if (options.columns === 'help') {
    print(columnsHelp());
    return EXIT.ok;
  }
  validateOptions(options);
  const sides = await parseSides(operands, options);
  const root = rootOf(options);
  const slots = new FieldSlots();
  const live = checkLive(sides, options, root);
  // With live processes, mistakes in columns, filters and sort keys are reported before --after waits. The
  // fields of a file are known only once it is read.
  const early = live.isAll
    ? diffRequest(
        options,
        columnFinder(() => knownFields(root, live.pids, slots)),
      )
    : undefined;
  const problems: Problem[] = [];
  const isMapsEnough = early?.isMapsEnough ?? false;
  const read = await readBoth(sides, options, { root, slots, problems, isMapsEnough });
  const request = early ?? (read && requestForSides(read, options, slots));
  const found =
    read === undefined || request === undefined
      ? { comparisons: [], onlyBefore: [], onlyAfter: [], problems: [] }
      : findDifferences(read, options, request);
  problems.push(...found.problems);
  const result = { ...found, problems, root: live.pids.length > 0 ? root : undefined };
  const status = exitStatus(result, options);
  await keepThresholdStatus(status, () => reportDiff(result, options));
  const notices = [...filterNotices(request?.filter), ...(unclear === undefined ? [] : [unclear])];
  complain(invocation.name, ...notices, ...messages(result, options));
  return read?.end(status) ?? status;
}

function validateOptions(options: DiffOptions): void {
  validateFormat({ ...options, total: false });
  if (options.moreThan !== undefined && !options.exitStatus) {
    throw new UsageError('--more-than sets the limit of --exit-status: add --exit-status');
  }
}

/** The live processes among the operands, and whether all are. @throws UsageError, SystemError. */
function checkLive(operands: SideOperands, options: DiffOptions, root: string) {
  const both: readonly (SideOperand | SideOperands)[] =
    operands.type === 'two' ? [operands.before, operands.after] : [operands];
  const pids = both.flatMap((side) => ('pid' in side ? [side.pid] : []));
  if (pids.length > 0) checkRoot(root);
  const isAll = pids.length === both.length;
  const hasFile = both.some((side) => 'file' in side);
  if (options.pid !== undefined && !hasFile) {
    throw new UsageError('--pid chooses a process of a recording, but no recording is given');
  }
  if (options.procRoot !== undefined && pids.length === 0) {
    throw new UsageError('--proc-root is where processes are read, but no process is given');
  }
  return { pids, isAll };
}

/** Reads both sides. If one cannot be read, adds that to `problems` and returns undefined. */
async function readBoth(
  operands: SideOperands,
  { pid }: DiffOptions,
  context: { root: string; slots: FieldSlots; problems: Problem[]; isMapsEnough: boolean },
): Promise<BothSides | undefined> {
  const { problems, ...common } = context;
  // Both sides may be the same file, with the same problems.
  const onProblem = (problem: Problem) => {
    if (!problems.some(({ message }) => message === problem.message)) problems.push(problem);
  };
  try {
    return await readSides(operands, { ...common, pid, clock: systemClock, onProblem });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    onProblem(error.problem);
    return undefined;
  }
}

/** The messages for stderr; in flat formats also processes on one side only, which have no row. */
function messages(findings: DiffFindings, options: DiffOptions): string[] {
  const format = formatOf(options);
  const isFlat = format !== 'text' && FORMATS[format].isFlat;
  return [
    ...(isFlat ? oneSidedTexts(findings) : []),
    ...findings.problems.map(problemText),
    ...(options.exitStatus ? unknownGrowthTexts(findings) : []),
  ];
}
