import { type Figure, figureWithId } from '../../columns/figures.ts';
import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Clock } from '../../sources/clock.ts';
import { type FollowEvent, Follower, type FollowRequest } from '../../sources/follower.ts';
import { type FigureSample, readFigures } from '../../sources/live/process-figures.ts';
import { ended } from '../../sources/live/read-process.ts';
import { Judge } from './judge.ts';
import type { Limit, Verdict } from './limits.ts';
import { readingTimes, type WaitOptions } from './schedule.ts';

/** The processes to check, and their limits. */
export interface CheckRequest {
  readonly root: string;
  readonly follow: FollowRequest;
  readonly limits: readonly Limit[];
  /** Whether to read only status (see FigureRequest). */
  readonly isQuick?: boolean;
  /** Set to wait until a limit is exceeded; otherwise the check ends as soon as its result is known. */
  readonly wait?: WaitOptions | undefined;
}

/** Receives what happens during a check. */
export interface CheckListener {
  onProblem(problem: Problem): void;
  /** Called once if no process matches yet and the check keeps waiting. */
  onWaiting(): void;
}

/** A process, and the result of comparing it with its limits. */
export interface CheckedProcess {
  readonly head: ProcessHead;
  readonly verdicts: readonly Verdict[];
}

/**
 * Checks processes; returns the verdicts on all processes that could be read in the last round. With
 * `wait`, the check ends when a limit is exceeded, at the timeout, or when no process is left.
 */
export async function checkProcesses(
  request: CheckRequest,
  listener: CheckListener,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly CheckedProcess[]> {
  const run = new CheckRun(request, listener, clock);
  let hasReportedWaiting = false;
  for await (const atMs of readingTimes(request.limits, request.wait, clock, signal)) {
    run.readAll(atMs);
    if (run.isDone) break;
    if (run.hasNoProcess && !hasReportedWaiting) {
      listener.onWaiting();
      hasReportedWaiting = true;
    }
  }
  return run.checked;
}

/** Whether a process exceeds one of its limits. */
export function isExceeded({ verdicts }: CheckedProcess): boolean {
  return verdicts.some(({ level }) => level === 'exceeded');
}

/** @throws ProblemError if the kernel does not report one of the figures of a process with memory. */
function allReported(sample: FigureSample, figures: readonly Figure[]): FigureSample {
  const missing = figures.find(({ column }) => !sample.figures.has(column.id));
  if (missing === undefined || !sample.hadMemory) return sample;
  throw new ProblemError({
    pid: sample.head.askedPid,
    code: 'missing-file',
    message: `this kernel does not report ${missing.column.id}, so it cannot be checked`,
  });
}

/** Reads all processes round by round, and keeps the state between rounds. */
class CheckRun {
  /** The processes read in the last round. */
  checked: CheckedProcess[] = [];
  readonly #request: CheckRequest;
  readonly #listener: CheckListener;
  readonly #follower: Follower<FigureSample>;
  /** The key is the id by which the process is read (`askedPid`). */
  readonly #judges = new Map<number, Judge>();

  constructor(request: CheckRequest, listener: CheckListener, clock: Clock) {
    const { root, follow, limits, isQuick = false } = request;
    const ids = new Set(limits.map(({ column }) => column.id));
    const figures = [...ids].map(figureWithId);
    const onProblem = (problem: Problem) => listener.onProblem(problem);
    const { epochMs } = clock;
    this.#request = request;
    this.#listener = listener;
    this.#follower = new Follower(follow, (pid) =>
      allReported(readFigures({ root, pid, figures, isQuick, epochMs, onProblem }), figures),
    );
  }

  /** Whether another round cannot change the result. */
  get isDone(): boolean {
    const { isIdle, isOver, isRefused } = this.#follower;
    if (this.#request.wait === undefined) return isIdle;
    const isHopeless = isOver || (isRefused && !this.#request.follow.isDescribed);
    return isHopeless || this.checked.some(isExceeded);
  }

  get hasNoProcess(): boolean {
    return this.#follower.isIdle;
  }

  readAll(atMs: number): void {
    this.checked = [];
    for (const event of this.#follower.tick()) this.#handle(event, atMs);
  }

  #handle(event: FollowEvent<FigureSample>, atMs: number): void {
    if (event.type === 'problem') {
      this.#listener.onProblem(event.problem);
      return;
    }
    if (event.type === 'ended') {
      const { askedPid } = event.head;
      this.#judges.delete(askedPid);
      // A process given by id must run until the end of the check; described ones may come and go.
      if (this.#request.follow.listed.has(askedPid)) {
        this.#listener.onProblem(ended(askedPid).problem);
      }
      return;
    }
    const { head, figures } = event.sample;
    const judge = this.#judges.get(head.askedPid) ?? new Judge(this.#request.limits);
    this.#judges.set(head.askedPid, judge);
    this.checked.push({ head, verdicts: judge.judge(atMs, figures) });
  }
}
