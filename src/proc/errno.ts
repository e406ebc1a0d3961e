import { isProblemError, type ProblemCode, ProblemError } from '../model/problem.ts';

const CODES: Readonly<Record<string, ProblemCode>> = {
  ENOENT: 'no-such-process',
  ESRCH: 'no-such-process',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
};

const MESSAGES: Readonly<Record<string, string>> = {
  'no-such-process': 'no such process',
  'permission-denied': 'permission denied',
};

/**
 * What an error of open(2) or read(2) on a process's file means for that process; errors that are
 * not the kernel's are thrown on.
 */
export function problemFrom(error: unknown, pid: number, path: string): ProblemError {
  if (isProblemError(error)) return error;
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
  const errno = String(error.code);
  const code = CODES[errno] ?? 'read-error';
  return new ProblemError({
    pid,
    code,
    message: MESSAGES[code] ?? `cannot read ${path}: ${errno}`,
  });
}
