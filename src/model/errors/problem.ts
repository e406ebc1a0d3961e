import { UserError } from './user-error.ts';

/** What can go wrong with one process or one file, as a closed list. */
export type ProblemCode =
  /** No process has that id, or it ended before it could be read. */
  | 'no-such-process'
  /** The kernel or a sandbox refuses to show the process. */
  | 'permission-denied'
  /** The process is there, the file is not: a kernel built without it. */
  | 'missing-file'
  /** A line that does not have the kernel's form. */
  | 'malformed'
  /** A file that ends in the middle of a record, also after several tries. */
  | 'cut'
  /** The last line of a recording is cut and left out, as after a crash: a warning. */
  | 'cut-recording'
  /** The map changed while it was read, also after several tries; what was read is shown. */
  | 'changing'
  /** Reading failed for another reason. */
  | 'read-error';

/** One thing that went wrong, told to the user; the program goes on with the next process. */
export interface Problem {
  readonly pid: number;
  /** What messages call it where it is no process, e.g. a file. */
  readonly subject?: string;
  readonly code: ProblemCode;
  /** What was wrong and what to do about it, without the program's name and the pid. */
  readonly message: string;
}

/** Thrown where a process or a file cannot be read at all. */
export class ProblemError extends UserError {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.subject ?? problem.pid}: ${problem.message}`);
    this.problem = problem;
  }
}
