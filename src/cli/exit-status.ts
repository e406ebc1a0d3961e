import type { Problem, ProblemCode } from '../model/errors/problem.ts';

/** Exit statuses; the statuses of several processes are combined by bitwise OR, as in pmap. */
export const EXIT = {
  ok: 0,
  /** Wrong usage, a process that cannot be read, output that cannot be written. */
  failure: 1,
  /** A limit is exceeded. */
  threshold: 3,
  /** A process given by id does not exist, or none matches the description. */
  noSuchProcess: 42,
} as const;

const STATUS_OF: Readonly<Record<ProblemCode, number>> = {
  'no-such-process': EXIT.noSuchProcess,
  'permission-denied': EXIT.failure,
  'missing-file': EXIT.failure,
  malformed: EXIT.failure,
  cut: EXIT.failure,
  // A crash of the recorder cuts off the last line; everything recorded before it is intact.
  'cut-recording': EXIT.ok,
  'read-error': EXIT.failure,
  // A warning: the report is as good as the kernel allows, and a script that checks a busy process
  // must not fail because of it.
  changing: EXIT.ok,
  remark: EXIT.ok,
};

/** The exit status for a problem. */
export function statusOf(code: ProblemCode): number {
  return STATUS_OF[code];
}

/** The exit status for these problems together, added to a status of another cause. */
export function statusOfAll(problems: readonly Problem[], status: number = EXIT.ok): number {
  return problems.reduce<number>((all, { code }) => all | statusOf(code), status);
}
