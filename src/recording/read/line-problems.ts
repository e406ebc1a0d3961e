import { fileError, inputName } from '../../model/errors/file-error.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { FormatError } from '../json-shape.ts';
import type { Line } from './lines.ts';
import { TooLargeError } from './too-large.ts';

/**
 * Collects the problems of a recording's lines. However many lines are damaged, they make one
 * problem: it describes the first of them and counts the others.
 */
export class LineProblems {
  readonly #path: string;
  readonly #subject: { readonly pid: 0; readonly subject: string };
  #firstDamaged: string | undefined;
  #moreDamaged = 0;
  #end: Problem | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#subject = { pid: 0, subject: inputName(path) };
  }

  /**
   * Adds a line that was skipped because of `error`.
   *
   * @throws ProblemError for a line that needs too much memory; `error` if it is no FormatError.
   */
  addDamaged({ number }: Line, error: unknown): void {
    if (error instanceof TooLargeError) {
      throw fileError(this.#path, `line ${number} ${error.message}`);
    }
    if (!(error instanceof FormatError)) throw error;
    this.#add(`line ${number}: ${error.message}; it was left out`);
  }

  /** Adds a line that is not whole. */
  addIncomplete(line: Line): void {
    if (line.end !== 'lost') this.#addEnd(line);
    else this.#add(`line ${line.number}: its compressed data is damaged; it was left out`);
  }

  #add(message: string): void {
    if (this.#firstDamaged === undefined) this.#firstDamaged = message;
    else this.#moreDamaged++;
  }

  /** Adds the last line, which is not whole. */
  #addEnd({ number, end }: Line): void {
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
