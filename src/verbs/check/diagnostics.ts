import { EXIT, statusOf } from '../../cli/exit-status.ts';
import { noMatchTexts, waitingTexts } from '../../cli/no-match.ts';
import { complain } from '../../cli/output/stderr.ts';
import { problemText, unreadableText } from '../../cli/problem-text.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { CheckListener } from './check-processes.ts';
import type { CheckOptions } from './options.ts';

/**
 * Collects the problems of a check and computes the exit status from them. Prints each on stderr as it
 * occurs, unless the check is a monitoring plugin, which prints one line on stdout.
 */
export class CheckDiagnostics implements CheckListener {
  readonly problems: Problem[] = [];
  /** One message for each process or figure that could not be checked. */
  readonly failures: string[] = [];
  readonly #reported = new Set<string>();
  readonly #options: Pick<CheckOptions, 'format' | 'name' | 'full'>;
  /** The statuses of all problems, combined by bitwise OR. */
  status: number = EXIT.ok;

  constructor(options: Pick<CheckOptions, 'format' | 'name' | 'full'>) {
    this.#options = options;
  }

  onProblem(problem: Problem): void {
    const text = problemText(problem);
    // Each reading finds the same damaged line again.
    if (this.#reported.has(text)) return;
    this.#reported.add(text);
    this.problems.push(problem);
    this.#fail(text, statusOf(problem.code));
  }

  /** Prints what is no problem. */
  note(text: string): void {
    this.#print(text);
  }

  onWaiting(): void {
    this.#print(...waitingTexts(this.#options));
  }

  /** Reports that there was no process to check. */
  noMatch(): void {
    const [text = '', ...hints] = noMatchTexts(this.#options);
    this.#fail(text, EXIT.noSuchProcess);
    this.#print(...hints);
  }

  /** Prints the last message; to be called at the end. */
  end(): void {
    this.#print(...unreadableText(this.problems));
  }

  #fail(text: string, status: number): void {
    this.status |= status;
    if (status !== EXIT.ok) this.failures.push(text);
    this.#print(text);
  }

  #print(...texts: readonly string[]): void {
    if (this.#options.format !== 'nagios') complain('tsmap', ...texts);
  }
}
