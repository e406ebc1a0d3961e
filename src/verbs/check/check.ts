import { EXIT } from '../../cli/exit-status.ts';
import { refuseSlowFigures } from '../../cli/quick-figures.ts';
import { followFrom } from '../../cli/follow-arguments.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import { validateFormat } from '../../cli/options/validate-options.ts';
import { rootOf } from '../../cli/source-arguments.ts';
import { systemClock } from '../../cli/system-clock.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { checkProcesses, isExceeded } from './check-processes.ts';
import { CheckDiagnostics } from './diagnostics.ts';
import { limitsFrom, waitFrom } from './limits-from-options.ts';
import { reportNagiosError, wantsNagios } from './nagios-error.ts';
import { CHECK_OPTIONS } from './options.ts';
import { reportCheck } from './report.ts';

type CheckArguments = VerbArguments<typeof CHECK_OPTIONS>;

/** `tsmap check`: checks whether the memory of processes stays within limits. */
export const verb: VerbModule<typeof CHECK_OPTIONS> = {
  options: CHECK_OPTIONS,
  run,
  answerError: (error, args) => (wantsNagios(args) ? reportNagiosError(error) : undefined),
};

async function run(args: CheckArguments): Promise<number> {
  const { options, operands } = args;
  validateOptions(args);
  const limits = limitsFrom(options);
  if (options.quick) refuseSlowFigures(limits.map(({ column }) => column.id));
  const wait = waitFrom(options, limits);
  const root = rootOf(options);
  const follow = followFrom(options, operands);
  const diagnostics = new CheckDiagnostics(options);
  if (args.unclear !== undefined) diagnostics.note(args.unclear);
  // Signals are not handled: Ctrl-C ends a check as it ends any other program.
  const never = new AbortController().signal;
  const request = { root, follow, limits, isQuick: options.quick, wait };
  const processes = await checkProcesses(request, diagnostics, systemClock, never);
  if (processes.length === 0 && diagnostics.problems.length === 0) diagnostics.noMatch();
  else diagnostics.end();
  const { failures, problems } = diagnostics;
  // Not combined by OR: 3 | 42 is 43, which would no longer show that a limit is exceeded.
  const status = processes.some(isExceeded) ? EXIT.threshold : diagnostics.status;
  const { listed } = follow;
  return reportCheck({ options, processes, failures, problems, root, listed, status });
}

/** @throws UsageError if options contradict each other. */
function validateOptions({ options }: CheckArguments): void {
  const { format, json, quiet, wait } = options;
  if (format === 'nagios') {
    if (json) throw new UsageError('--json contradicts --format nagios');
    if (wait) {
      throw new UsageError('--wait contradicts --format nagios: plugins must answer at once');
    }
  } else {
    validateFormat({ format, json, human: false, bytes: false, total: false });
  }
  if (quiet && formatOf({ json, format }) !== 'text') {
    throw new UsageError(`-q contradicts --format ${format ?? 'json'}: nothing would be printed`);
  }
}
