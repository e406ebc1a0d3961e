import { type ProblemCode, ProblemError } from './problem.ts';

/** What messages call an input file: its path as given; `-` is standard input. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** An error about a file that the user named; it is reported as `FILE: message`. */
export function fileError(
  path: string,
  message: string,
  code: ProblemCode = 'malformed',
): ProblemError {
  return new ProblemError({ pid: 0, subject: inputName(path), code, message });
}
