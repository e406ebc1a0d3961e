import { EXIT, statusOf } from '../../cli/exit-status.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { type Parsed, parseOptions } from '../../cli/options/getopt.ts';
import { complain } from '../../cli/output/stderr.ts';
import { describe, unreadableText } from '../../cli/problem-text.ts';
import { systemClock } from '../../cli/system-clock.ts';
import type { Problem } from '../../model/problem.ts';
import { UsageError } from '../../model/usage-error.ts';
import { PROC } from '../../proc/proc-root.ts';
import { targetsOf } from '../../sources/follow-targets.ts';
import { checkFormat } from '../../sources/open-sources.ts';
import { type CheckedProcess, check, isExceeded } from './evaluate.ts';
import { limitsOf, waitingOf } from './limits-from-options.ts';
import { CHECK_OPTIONS } from './options.ts';
import { asksForNagios, failAsPlugin } from './plugin.ts';
import { reportCheck } from './report.ts';

export { CHECK_OPTIONS as options } from './options.ts';

/** `tsmap check`: whether processes keep within limits. */
export async function run(invocation: Invocation): Promise<number> {
  try {
    const { posixlyCorrect } = invocation;
    return await checked(parseOptions(CHECK_OPTIONS, invocation.args, { posixlyCorrect }));
  } catch (error) {
    if (!asksForNagios(invocation.args)) throw error;
    return failAsPlugin(error);
  }
}

async function checked(parsed: Parsed<typeof CHECK_OPTIONS>): Promise<number> {
  const { values: options, operands } = parsed;
  checkOptions(parsed);
  const limits = limitsOf(options);
  const waiting = waitingOf(options, limits);
  const root = options.procRoot ?? PROC;
  const follow = targetsOf(options, operands, root);
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
function checkOptions({ values: options, order }: Parsed<typeof CHECK_OPTIONS>): void {
  const { format, json, quiet, wait } = options;
  if (format === 'nagios') {
    if (json) throw new UsageError('--json contradicts --format nagios');
    if (wait) throw new UsageError('--wait contradicts --format nagios: plugins answer at once');
  } else {
    checkFormat({ format, json, human: false, bytes: false, total: false });
  }
  if (quiet && (json || (format !== undefined && format !== 'text'))) {
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
    const text = describe(problem);
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
