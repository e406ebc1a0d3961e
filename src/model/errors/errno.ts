import { fileError } from './file-error.ts';
import { type ProblemCode, ProblemError } from './problem.ts';

/** What an errno means: the code of the problem, and its message. */
type Meaning = readonly [code: ProblemCode, message: string];

const NO_PROCESS: Meaning = ['no-such-process', 'no such process'];
const NO_FILE: Meaning = ['missing-file', 'no such file'];
const NO_DIRECTORY: Meaning = ['missing-file', 'no such directory'];
const IS_DIRECTORY: Meaning = ['read-error', 'is a directory'];
const DENIED: Meaning = ['permission-denied', 'permission denied'];
/** A file below /proc/PID that the user named, as in `--from /proc/1234/smaps`. */
const NO_MEMORY: Meaning = ['no-such-process', 'its process has no memory, or has ended'];

/**
 * What failed: reading a file of a process, reading a file that the user named, or opening one to
 * write to it. The same errno means something else in each case.
 */
type Operation = 'process' | 'input' | 'output';

const MEANINGS: Readonly<Record<Operation, Readonly<Record<string, Meaning>>>> = {
  process: { ENOENT: NO_PROCESS, ESRCH: NO_PROCESS, EACCES: DENIED, EPERM: DENIED },
  input: {
    ENOENT: NO_FILE,
    ENOTDIR: NO_FILE,
    EISDIR: IS_DIRECTORY,
    EACCES: DENIED,
    EPERM: DENIED,
    ESRCH: NO_MEMORY,
  },
  output: {
    ENOENT: NO_DIRECTORY,
    ENOTDIR: NO_DIRECTORY,
    EISDIR: IS_DIRECTORY,
    EACCES: DENIED,
    EPERM: DENIED,
  },
};

/** The name of a system call's error, such as `ENOENT`; undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  const isErrno = error instanceof Error && 'code' in error && 'syscall' in error;
  return isErrno ? String(error.code) : undefined;
}

/** The system's message for an error, without errno, call and path: `no space left on device`. */
export function systemMessage({ message }: Error): string {
  return message.replace(/^[A-Z0-9]+: /, '').replace(/, [a-z]+( '.*)?$/s, '');
}

/**
 * Translates an error of open(2) or read(2) on `path`, a file of the process `pid`. A ProblemError
 * is returned as it is; an error that is not a system call's is thrown again.
 */
export function processErrorFrom(error: unknown, pid: number, path: string): ProblemError {
  if (error instanceof ProblemError) return error;
  const errno = requiredErrno(error);
  const [code, message] = MEANINGS.process[errno] ?? [
    'read-error',
    `cannot read ${path}: ${errno}`,
  ];
  return new ProblemError({ pid, code, message });
}

/**
 * Translates an error of open(2), read(2) or readdir(3) on a file or directory that the user named,
 * to read it (`input`) or to write to it (`output`). Other errors as in processErrorFrom.
 */
export function fileErrorFrom(
  error: unknown,
  path: string,
  operation: 'input' | 'output' = 'input',
): ProblemError {
  if (error instanceof ProblemError) return error;
  const errno = requiredErrno(error);
  const failed = operation === 'input' ? 'cannot be read' : 'cannot be opened';
  const [code, message] = MEANINGS[operation][errno] ?? ['read-error', `${failed}: ${errno}`];
  return fileError(path, message, code);
}

function requiredErrno(error: unknown): string {
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  return errno;
}
