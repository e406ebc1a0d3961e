import { inputName } from '../../model/errors/file-error.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { FormatError } from '../json-shape.ts';
import type { Line } from './lines.ts';

/**
 * Collects the problems of a recording's lines. However many lines are damaged, they make one
 * problem: it describes the first of them and counts the others.
 */
export class LineProblems {
  readonly #subject: { readonly pid: 0; readonly subject: string };
  #firstDamaged: string | undefined;
  #moreDamaged = 0;
  #end: Problem | undefined;

  constructor(path: string) {
    this.#subject = { pid: 0, subject: inputName(path) };
  }

  /**
   * Adds a line that was skipped because of `error`. @throws `error` unless it is a FormatError.
   */
  addDamaged({ number }: Line, error: unknown): void {
    if (!(error instanceof FormatError)) throw error;
    if (this.#firstDamaged === undefined) {
      this.#firstDamaged = `line ${number}: ${error.message}; it was left out`;
    } else this.#moreDamaged++;
  }

  /** Adds the last line, which is not whole. */
  addEnd({ number, end }: Line): void {
    this.#end =
      end === 'damaged'
        ? {
            ...this.#subject,
            code: 'malformed',
            message: `line ${number}: the compressed data is damaged from here on; the rest was left out`,
          }
        : {
            ...this.#subject,
            code: 'cut-recording',
            message: `the last line (line ${number}) is cut off, as after a crash or a full disk; it was left out`,
          };
  }

  /** The problems so far. */
  get list(): readonly Problem[] {
    const problems: Problem[] = [];
    if (this.#firstDamaged !== undefined) {
      const more = this.#moreDamaged;
      const others = more > 0 ? ` (and ${more} more such ${more === 1 ? 'line' : 'lines'})` : '';
      const message = `${this.#firstDamaged}${others}`;
      problems.push({ ...this.#subject, code: 'malformed', message });
    }
    if (this.#end !== undefined) problems.push(this.#end);
    return problems;
  }
}
