import type { Problem } from '../../model/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Clock } from '../../sources/clock.ts';
import { type FollowEvent, Follower, type FollowRequest } from '../../sources/follower.ts';
import { ended } from '../../sources/sampler.ts';
import { type FigureSample, readFigures } from './figure-sample.ts';
import { Judge } from './judge.ts';
import type { Limit, Verdict } from './limits.ts';
import { moments, type Waiting } from './schedule.ts';

/** What is checked against what. */
export interface CheckRequest {
  readonly root: string;
  readonly follow: FollowRequest;
  readonly limits: readonly Limit[];
  /** Wait until a limit is exceeded; without it the answer comes as soon as it is known. */
  readonly waiting?: Waiting | undefined;
}

/** Hears what happens while a check goes on. */
export interface CheckListener {
  onProblem(problem: Problem): void;
  /** Nothing meets the description yet; told once, while it is waited for. */
  onNobody(): void;
}

/** A process and how it stands to its limits. */
export interface CheckedProcess {
  readonly head: ProcessHead;
  readonly verdicts: readonly Verdict[];
}

/**
 * Checks processes, and tells how those that could be read stood at the last look. Waiting it ends
 * with the first limit that is exceeded, at the timeout, or when no process is left.
 */
export async function check(
  request: CheckRequest,
  listener: CheckListener,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly CheckedProcess[]> {
  const round = new Round(request, listener, clock);
  let isToldOfNobody = false;
  for await (const atMs of moments(request.limits, request.waiting, clock, signal)) {
    round.look(atMs);
    if (round.isDone) break;
    if (round.hasNobody && !isToldOfNobody) {
      listener.onNobody();
      isToldOfNobody = true;
    }
  }
  return round.checked;
}

/** Whether a process has more than it may. */
export function isExceeded({ verdicts }: CheckedProcess): boolean {
  return verdicts.some(({ level }) => level === 'exceeded');
}

/** Looks at the processes again and again. */
class Round {
  /** How they stood at the last look. */
  checked: CheckedProcess[] = [];
  readonly #request: CheckRequest;
  readonly #listener: CheckListener;
  readonly #follower: Follower<FigureSample>;
  readonly #judges = new Map<number, Judge>();

  constructor(request: CheckRequest, listener: CheckListener, clock: Clock) {
    const { root, follow, limits } = request;
    const columns = [...new Map(limits.map(({ column }) => [column.id, column])).values()];
    const onProblem = (problem: Problem) => listener.onProblem(problem);
    const { epochMs } = clock;
    this.#request = request;
    this.#listener = listener;
    this.#follower = new Follower(follow, (pid) =>
      readFigures({ root, pid, columns, epochMs, onProblem }),
    );
  }

  /** Whether another look would tell nothing more. */
  get isDone(): boolean {
    const { isIdle, isOver, isRefused } = this.#follower;
    if (this.#request.waiting === undefined) return isIdle;
    const isInVain = isOver || (isRefused && !this.#request.follow.isDescribed);
    return isInVain || this.checked.some(isExceeded);
  }

  /** Whether there is nobody to check. */
  get hasNobody(): boolean {
    return this.#follower.isIdle;
  }

  look(atMs: number): void {
    this.checked = [];
    for (const event of this.#follower.tick()) this.#take(event, atMs);
  }

  #take(event: FollowEvent<FigureSample>, atMs: number): void {
    if (event.type === 'problem') {
      this.#listener.onProblem(event.problem);
      return;
    }
    if (event.type === 'ended') {
      const { askedPid } = event.head;
      this.#judges.delete(askedPid);
      // Who is described may go; who was asked for by number cannot be vouched for any longer.
      if (this.#request.follow.listed.has(askedPid))
        this.#listener.onProblem(ended(askedPid).problem);
      return;
    }
    const { head, figures } = event.sample;
    const judge = this.#judges.get(head.askedPid) ?? new Judge(this.#request.limits);
    this.#judges.set(head.askedPid, judge);
    this.checked.push({ head, verdicts: judge.judge(atMs, figures) });
  }
}
