import { UserError } from './user-error.ts';

/** What can go wrong with one process or one file, as a closed list. */
export type ProblemCode =
  /** No process has that id, or it ended before it could be read. */
  | 'no-such-process'
  /** The kernel or a sandbox refuses to show the process. */
  | 'permission-denied'
  /** The process exists but the file does not, e.g. because the kernel was built without it. */
  | 'missing-file'
  /** A line that does not have the kernel's form. */
  | 'malformed'
  /** A file that ends in the middle of a record, even after several tries. */
  | 'cut'
  /** The last line of a recording is cut and left out, as after a crash: a warning. */
  | 'cut-recording'
  /** The map changed during each of several readings; the last one is shown. */
  | 'changing'
  /** What was read, where that is not obvious: no problem at all. */
  | 'remark'
  /** Reading failed for another reason. */
  | 'read-error';

/** One thing that went wrong, to be reported; the program goes on with the next process. */
export interface Problem {
  readonly pid: number;
  /** The name in messages of anything but a process, e.g. a file; the pid is 0 then. */
  readonly subject?: string;
  readonly code: ProblemCode;
  /** What was wrong and what to do about it, without the program's name and the pid. */
  readonly message: string;
}

/** The problem that no process has this id, or that it ended. */
export function noSuchProcess(pid: number): Problem {
  return { pid, code: 'no-such-process', message: 'no such process' };
}

/** Thrown when a process or a file cannot be read at all. */
export class ProblemError extends UserError {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.subject ?? problem.pid}: ${problem.message}`);
    this.problem = problem;
  }
}

/**
 * Thrown when the thread has ended whose files were read because the main thread had ended. Others may
 * run on, so it is worth reading again.
 */
export class ThreadEndedError extends ProblemError {}
