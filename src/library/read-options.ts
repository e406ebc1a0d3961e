import type { Problem } from '../model/errors/problem.ts';
import { isDirectory, PROC } from '../proc/proc-root.ts';

/** Options of everything that reads a process. */
export interface ReadOptions {
  /** A directory laid out like /proc; default `/proc`. */
  readonly procRoot?: string;
  /**
   * Called about lines that are not in the kernel's format, about a file that ends in the middle of a
   * record, and about a map that changed while it was read (code `changing`). Without it, the first such
   * problem but the last kind is thrown after everything else was read.
   */
  onProblem?(problem: Problem): void;
}

/** The directory and the process to read. */
export interface ReadSubject {
  readonly root: string;
  readonly pid: number;
}

const HIGHEST_PID = 0x7fffffff;

/** Checks the arguments of a function that reads a process. @throws RangeError that says what is wrong. */
export function readSubject(pid: number, { procRoot = PROC }: ReadOptions): ReadSubject {
  if (!Number.isInteger(pid) || pid < 1 || pid > HIGHEST_PID) {
    const range = `a whole number from 1 to ${HIGHEST_PID}`;
    throw new RangeError(`the process id is ${String(pid)}, but must be ${range}`);
  }
  if (procRoot !== PROC && !(typeof procRoot === 'string' && isDirectory(procRoot))) {
    throw new RangeError(`procRoot is '${String(procRoot)}', which is not a directory`);
  }
  return { root: procRoot, pid };
}
