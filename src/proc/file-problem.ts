import type { ProblemCode } from '../model/problem.ts';

/** One thing that is wrong with a file that the user named, told to the user. */
export interface FileProblem {
  /** What messages call the file: its path as it was given, or `standard input`. */
  readonly path: string;
  readonly code: ProblemCode;
  /** What was wrong and what to do about it, without the program's name and the path. */
  readonly message: string;
}

/** Thrown where a file cannot be read at all. */
export class FileProblemError extends Error {
  override readonly name = 'FileProblemError';
  readonly problem: FileProblem;

  constructor(problem: FileProblem) {
    super(`${problem.path}: ${problem.message}`);
    this.problem = problem;
  }
}

const KNOWN: Readonly<Record<string, Omit<FileProblem, 'path'>>> = {
  ENOENT: { code: 'missing-file', message: 'no such file' },
  ENOTDIR: { code: 'missing-file', message: 'no such file' },
  EACCES: { code: 'permission-denied', message: 'permission denied' },
  EPERM: { code: 'permission-denied', message: 'permission denied' },
  EISDIR: { code: 'read-error', message: 'is a directory' },
  ESRCH: { code: 'no-such-process', message: 'its process has no memory, or has ended' },
};

/**
 * What an error of open(2), read(2) or readdir(3) means for a file or a directory that the user
 * named; errors that are not the kernel's are thrown on.
 */
export function fileProblemFrom(error: unknown, path: string): FileProblemError {
  if (error instanceof FileProblemError) return error;
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
  const errno = String(error.code);
  const known = KNOWN[errno] ?? { code: 'read-error', message: `cannot be read: ${errno}` };
  return new FileProblemError({ path, ...known });
}
