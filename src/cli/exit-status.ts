import type { ProblemCode } from '../model/problem.ts';

/** The statuses that the program ends with; those of several processes are joined by OR. */
export const EXIT = {
  ok: 0,
  /** Wrong usage, a process that cannot be read, output that cannot be written. */
  failure: 1,
  /** A threshold is exceeded. */
  threshold: 3,
  /** A process that does not exist. */
  noSuchProcess: 42,
} as const;

const STATUS_OF: Readonly<Record<ProblemCode, number>> = {
  'no-such-process': EXIT.noSuchProcess,
  'permission-denied': EXIT.failure,
  'missing-file': EXIT.failure,
  malformed: EXIT.failure,
  cut: EXIT.failure,
  // What a crash of the recorder leaves; all that was recorded before it is there.
  'cut-recording': EXIT.ok,
  'read-error': EXIT.failure,
  // The report is there and as good as the kernel allows: a warning, or every look at a busy
  // process would fail a script.
  changing: EXIT.ok,
};

/** The status that a problem stands for. */
export function statusOf(code: ProblemCode): number {
  return STATUS_OF[code];
}
