import { inputName } from '../../model/file-error.ts';
import type { Problem } from '../../model/problem.ts';
import { FormatError } from '../json-shape.ts';
import type { Line } from './lines.ts';

/** Collects what is wrong with the lines of a recording: the first is named, others are counted. */
export class Damage {
  readonly #subject: { readonly pid: 0; readonly subject: string };
  #first: string | undefined;
  #more = 0;
  #last: Problem | undefined;

  constructor(path: string) {
    this.#subject = { pid: 0, subject: inputName(path) };
  }

  /** A line in the middle is left out. @throws what is no FormatError. */
  add({ number }: Line, error: unknown): void {
    if (!(error instanceof FormatError)) throw error;
    if (this.#first === undefined)
      this.#first = `line ${number}: ${error.message}; it was left out`;
    else this.#more++;
  }

  /** The file ends before its last line does. */
  addEnd({ number, end }: Line): void {
    this.#last =
      end === 'damaged'
        ? {
            ...this.#subject,
            code: 'malformed',
            message: `line ${number}: the compressed data are damaged here: what follows was left out`,
          }
        : {
            ...this.#subject,
            code: 'cut-recording',
            message: `the last line (line ${number}) is cut, as a crash or a full disk leaves it; it was left out`,
          };
  }

  /** All that was found so far. */
  get problems(): readonly Problem[] {
    const more =
      this.#more > 0 ? ` (and ${this.#more} more such ${this.#more === 1 ? 'line' : 'lines'})` : '';
    const first: Problem[] =
      this.#first === undefined
        ? []
        : [{ ...this.#subject, code: 'malformed', message: `${this.#first}${more}` }];
    return this.#last === undefined ? first : [...first, this.#last];
  }
}
