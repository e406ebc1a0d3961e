/** How processes are described instead of being listed by number. */
export interface ProcessDescription {
  /** Processes whose name matches, as pgrep has it. */
  readonly name: RegExp | undefined;
  /** Whether `name` is matched against the whole command line. */
  readonly full: boolean;
  /** Processes of this user, a name or a number. */
  readonly user: string | undefined;
  /** Also the children of the processes that are listed or described, and theirs. */
  readonly children: boolean;
  /** All processes. */
  readonly all: boolean;
}

/** Whether processes are described by name, by user or as all; children are those of others. */
export function isDescribed({ name, user, all }: ProcessDescription): boolean {
  return name !== undefined || user !== undefined || all;
}
