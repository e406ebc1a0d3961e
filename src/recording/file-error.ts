import { isProblemError, type ProblemCode, ProblemError } from '../model/problem.ts';

const KNOWN: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  ENOENT: ['missing-file', 'no such file'],
  ENOTDIR: ['missing-file', 'no such file'],
  EACCES: ['permission-denied', 'permission denied'],
  EPERM: ['permission-denied', 'permission denied'],
  EISDIR: ['read-error', 'is a directory'],
};

/** What messages call a recording. */
export function recordingName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** That a recording cannot be used, and why. */
export function recordingError(
  path: string,
  message: string,
  code: ProblemCode = 'malformed',
): ProblemError {
  return new ProblemError({ pid: 0, subject: recordingName(path), code, message });
}

/** What an error of open(2) or read(2) means for a recording; others are thrown on. */
export function recordingErrorFrom(error: unknown, path: string): ProblemError {
  if (isProblemError(error)) return error;
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
  const errno = String(error.code);
  const [code, message] = KNOWN[errno] ?? ['read-error', `cannot be read: ${errno}`];
  return recordingError(path, message, code);
}
