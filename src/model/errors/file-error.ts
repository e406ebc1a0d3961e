import { type ProblemCode, ProblemError } from './problem.ts';

/** The name of an input file in messages: its path as given, or `standard input` for `-`. */
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

/** The message for a file in zstd where Node.js has none. */
export const NO_ZSTD =
  'is compressed with zstd, which this version of Node.js lacks: decompress it with zstd -d, or use Node.js 22.15 or newer';
