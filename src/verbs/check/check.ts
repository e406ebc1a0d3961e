import { EXIT, statusOf } from '../../cli/exit-status.ts';
import { followFrom } from '../../cli/follow-arguments.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import { validateFormat } from '../../cli/options/validate-options.ts';
import { complain } from '../../cli/output/stderr.ts';
import { problemText, unreadableText } from '../../cli/problem-text.ts';
import { rootOf } from '../../cli/source-arguments.ts';
import { systemClock } from '../../cli/system-clock.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import type { Problem } from '../../model/problem.ts';
import { UsageError } from '../../model/usage-error.ts';
import { type CheckedProcess, check, isExceeded } from './evaluate.ts';
import { limitsOf, waitingOf } from './limits-from-options.ts';
import { CHECK_OPTIONS } from './options.ts';
import { asksForNagios, failAsPlugin } from './plugin.ts';
import { reportCheck } from './report.ts';

type CheckCall = VerbArguments<typeof CHECK_OPTIONS>;

/** `tsmap check`: whether processes keep within limits. */
export const verb: VerbModule<typeof CHECK_OPTIONS> = {
  options: CHECK_OPTIONS,
  run,
  answerError: (error, args) => (asksForNagios(args) ? failAsPlugin(error) : undefined),
};

async function run(call: CheckCall): Promise<number> {
  const { options, operands } = call;
  checkOptions(call);
  const limits = limitsOf(options);
  const waiting = waitingOf(options, limits);
  const root = rootOf(options);
  const follow = followFrom(options, operands);
  const hear = new Hearing(options.format === 'nagios');
  // Nothing listens to signals: Ctrl-C ends the program as any other, not with a status of its own.
  const never = new AbortController().signal;
  const processes = await check({ root, follow, limits, waiting }, hear, systemClock, never);
  if (processes.length === 0 && hear.problems.length === 0) hear.noMatch();
  else hear.summarize();
  const { failures, problems } = hear;
  const status = statusFor(processes, hear);
  const { listed } = follow;
  return reportCheck({ options, processes, failures, problems, root, listed, status });
}

/** @throws UsageError for options that say something twice, or against each other. */
function checkOptions({ options, order }: CheckCall): void {
  const { format, json, quiet, wait } = options;
  if (format === 'nagios') {
    if (json) throw new UsageError('--json contradicts --format nagios');
    if (wait) throw new UsageError('--wait contradicts --format nagios: plugins answer at once');
  } else {
    validateFormat({ format, json, human: false, bytes: false, total: false });
  }
  if (quiet && formatOf({ json, format }) !== 'text') {
    throw new UsageError(`-q leaves nothing of --format ${format ?? 'json'}`);
  }
  for (const name of ['maxGrowth', 'warnGrowth'] as const) {
    if (order.filter((each) => each === name).length < 2) continue;
    const { long } = CHECK_OPTIONS[name];
    throw new UsageError(`--${long} is given twice: put commas between its figures`);
  }
}

/** Tells problems as they come, or keeps them for the one line of a plugin. */
class Hearing {
  readonly problems: Problem[] = [];
  /** What could not be checked, a text each. */
  readonly failures: string[] = [];
  readonly #told = new Set<string>();
  readonly #isPlugin: boolean;
  /** The statuses of what went wrong, joined. */
  status: number = EXIT.ok;

  constructor(isPlugin: boolean) {
    this.#isPlugin = isPlugin;
  }

  onProblem(problem: Problem): void {
    const text = problemText(problem);
    // Looking again finds a damaged line again.
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.problems.push(problem);
    this.#fail(text, statusOf(problem.code));
  }

  onNobody(): void {
    this.#tell('no process to check yet; waiting for one');
  }

  noMatch(): void {
    this.#fail('no process matches', EXIT.noSuchProcess);
  }

  /** To be called at the end. */
  summarize(): void {
    this.#tell(...unreadableText(this.problems));
  }

  #fail(text: string, status: number): void {
    this.status |= status;
    if (status !== EXIT.ok) this.failures.push(text);
    this.#tell(text);
  }

  #tell(...texts: readonly string[]): void {
    if (!this.#isPlugin) complain('tsmap', ...texts);
  }
}

/**
 * A limit that is exceeded stays so whatever else went wrong: 3, where OR would make the status of a
 * process that does not exist (3 or 42 is 43) of it. Without one there are the statuses of errors.
 */
function statusFor(processes: readonly CheckedProcess[], { status }: Hearing): number {
  return processes.some(isExceeded) ? EXIT.threshold : status;
}
