import type { Problem } from '../model/errors/problem.ts';

/** Options of everything that reads a process. */
export interface ReadOptions {
  /** A directory laid out like /proc; default `/proc`. */
  readonly procRoot?: string;
  /**
   * Called about lines that are not in the kernel's format, and about a file that ends in the
   * middle of a record. Without it, the first such problem is thrown after everything else was read.
   */
  onProblem?(problem: Problem): void;
}

/** The directory that the options name. */
export function rootOf({ procRoot = '/proc' }: ReadOptions): string {
  return procRoot;
}
