/** A description of processes, instead of a list of their numbers. */
export interface ProcessDescription {
  /** Processes whose name matches, as for pgrep. */
  readonly name: RegExp | undefined;
  /** Whether `name` is matched against the whole command line. */
  readonly full: boolean;
  /** Processes of this user, a name or a number. */
  readonly user: string | undefined;
  /** Also the descendants of the processes that are listed or match. */
  readonly children: boolean;
  /** All processes. */
  readonly all: boolean;
}

/** Whether any processes are described; `children` alone only adds to other processes. */
export function isDescribed({ name, user, all }: ProcessDescription): boolean {
  return name !== undefined || user !== undefined || all;
}
