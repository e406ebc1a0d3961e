import { type Problem, ProblemError } from '../model/errors/problem.ts';
import type { ProcessHead } from '../model/process.ts';
import { isSameProcess, isStillThere } from '../model/sample.ts';

/** The processes that are followed at a moment. */
export interface Targets {
  readonly pids: readonly number[];
  /** Processes that could not be checked against the description. */
  readonly problems: readonly Problem[];
}

/** Which processes are followed. */
export interface FollowRequest {
  /** Called at each tick: the processes that match a description change with time. */
  targets(): Targets;
  /**
   * Processes that are listed by number. Each is followed until it ends; a later process that reuses the
   * number is not followed.
   */
  readonly listed: ReadonlySet<number>;
  /** Whether other processes may appear that match a description. */
  readonly isDescribed: boolean;
}

/** A reading of a process that is followed. */
interface Followed {
  readonly head: ProcessHead;
}

/** What happened to one process at a tick. */
export type FollowEvent<T extends Followed> =
  | { readonly type: 'read'; readonly sample: T; readonly isFirst: boolean }
  /** It ended since the previous tick. */
  | { readonly type: 'ended'; readonly head: ProcessHead }
  /** It cannot be read. Reported once, and again only if it could be read in between. */
  | { readonly type: 'problem'; readonly problem: Problem };

/** Follows processes from tick to tick; a process is identified by its pid and start time. */
export class Follower<T extends Followed> {
  readonly #request: FollowRequest;
  readonly #take: (pid: number) => T;
  /** The processes that exist, as they were last read. */
  readonly #followed = new Map<number, ProcessHead>();
  /** Followed processes that may no longer be read, e.g. after they ran a set-user-ID program. */
  readonly #refused = new Set<number>();
  /** Listed processes that ended or never existed. */
  readonly #gone = new Set<number>();
  /** The last problem reported for each process; limited to current targets, so it stays small. */
  readonly #reported = new Map<number, string>();

  /** `take` reads a process; it throws ProblemError. */
  constructor(request: FollowRequest, take: (pid: number) => T) {
    this.#request = request;
    this.#take = take;
  }

  /**
   * Whether no process is followed: none exists, or none could be read so far. Processes that match a
   * description may still appear; listed ones cannot.
   */
  get isIdle(): boolean {
    return this.#followed.size === 0;
  }

  /** Whether processes are followed, but none may be read any more. */
  get isRefused(): boolean {
    return !this.isIdle && this.#followed.size === this.#refused.size;
  }

  /** Whether there is nothing to wait for. */
  get isOver(): boolean {
    return this.isIdle && !this.#request.isDescribed;
  }

  /** Reads each process once. A generator, so that the caller can do other work in between. */
  *tick(): Generator<FollowEvent<T>, void, void> {
    const { pids, problems } = this.#request.targets();
    this.#forgetOthers(new Set([...pids, ...problems.map(({ pid }) => pid)]));
    for (const problem of problems) yield* this.#report(problem);
    const wanted = new Set(pids.filter((pid) => !this.#gone.has(pid)));
    for (const pid of [...this.#followed.keys()]) {
      // It ended, or no longer matches, as after a change of its name: it is not followed any more.
      if (!wanted.has(pid)) yield* this.#end(pid);
    }
    for (const pid of wanted) yield* this.#read(pid);
  }

  /** Forgets the problems of all other pids: they may be reused by other processes. */
  #forgetOthers(pids: ReadonlySet<number>): void {
    for (const pid of this.#reported.keys()) if (!pids.has(pid)) this.#reported.delete(pid);
  }

  *#read(pid: number): Generator<FollowEvent<T>, void, void> {
    const before = this.#followed.get(pid);
    try {
      const sample = this.#take(pid);
      const isSame = before !== undefined && isSameProcess(before, sample.head);
      if (before !== undefined && !isStillThere(before, sample.head)) {
        yield* this.#end(pid);
        if (isSame || this.#request.listed.has(pid)) return;
      }
      this.#followed.set(pid, sample.head);
      this.#refused.delete(pid);
      this.#reported.delete(pid);
      yield { type: 'read', sample, isFirst: !isSame };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.code !== 'no-such-process') {
        if (before !== undefined && error.problem.code === 'permission-denied') {
          this.#refused.add(pid);
        }
        yield* this.#report(error.problem);
      } else if (before !== undefined) yield* this.#end(pid);
      else yield* this.#missing(error.problem);
    }
  }

  /** A process that exits during lookup is a problem only if it was listed by number. */
  *#missing(problem: Problem): Generator<FollowEvent<T>, void, void> {
    if (!this.#request.listed.has(problem.pid)) return;
    this.#gone.add(problem.pid);
    yield* this.#report(problem);
  }

  *#end(pid: number): Generator<FollowEvent<T>, void, void> {
    const head = this.#followed.get(pid);
    this.#followed.delete(pid);
    this.#refused.delete(pid);
    if (this.#request.listed.has(pid)) this.#gone.add(pid);
    if (head !== undefined) yield { type: 'ended', head };
  }

  *#report(problem: Problem): Generator<FollowEvent<T>, void, void> {
    if (this.#reported.get(problem.pid) === problem.message) return;
    this.#reported.set(problem.pid, problem.message);
    yield { type: 'problem', problem };
  }
}
