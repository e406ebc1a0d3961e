import { type Problem, ProblemError } from '../model/problem.ts';
import type { ProcessHead } from '../model/process.ts';
import { isSameProcess, isStillThere, type SampleFrame } from '../model/sample.ts';

/** The processes that are meant at a moment. */
export interface Targets {
  readonly pids: readonly number[];
  /** Processes of which it could not be told whether they are meant. */
  readonly problems: readonly Problem[];
}

/** Which processes are followed. */
export interface FollowRequest {
  /** Asked at each tick: who is described by name, user or parent changes with time. */
  targets(): Targets;
  /**
   * Processes that are listed by number, not described. Such a one is followed until it ends: what
   * gets its number afterwards is another process, which nobody asked for.
   */
  readonly listed: ReadonlySet<number>;
  /** Whether others than the listed ones can come, by name, user or parent. */
  readonly isDescribed: boolean;
}

/** What a tick came to, for one process. */
export type FollowEvent<T extends SampleFrame> =
  | { readonly type: 'read'; readonly sample: T; readonly isFirst: boolean }
  /** It ended since the tick before. */
  | { readonly type: 'ended'; readonly head: ProcessHead }
  /** It cannot be read; told once, and not again until it could be read in between. */
  | { readonly type: 'problem'; readonly problem: Problem };

/** Follows processes from tick to tick and tells them apart by pid and start time. */
export class Follower<T extends SampleFrame> {
  readonly #request: FollowRequest;
  readonly #take: (pid: number) => T;
  /** Those that are there, as they were last read. */
  readonly #followed = new Map<number, ProcessHead>();
  /** Those of them that may not be read any more, as after they ran a program with other rights. */
  readonly #refused = new Set<number>();
  /** Listed processes that ended, or never were. */
  readonly #gone = new Set<number>();
  /** Problems that were told, by pid; of processes that are meant, so that they stay few. */
  readonly #told = new Map<number, string>();

  /** `take` reads a process: it throws ProblemError. */
  constructor(request: FollowRequest, take: (pid: number) => T) {
    this.#request = request;
    this.#take = take;
  }

  /**
   * None of the processes is there, or none can be read. Listed ones have ended for good then,
   * described ones may come (again).
   */
  get isIdle(): boolean {
    return this.#followed.size === 0;
  }

  /** Some are there, and none may be read any more. */
  get isRefused(): boolean {
    return !this.isIdle && this.#followed.size === this.#refused.size;
  }

  /** Whether there is nothing to wait for. */
  get isOver(): boolean {
    return this.isIdle && !this.#request.isDescribed;
  }

  /** Reads each process once; one after the other, so that work can be done between two. */
  *tick(): Generator<FollowEvent<T>, void, void> {
    const { pids, problems } = this.#request.targets();
    this.#forgetAllBut(new Set([...pids, ...problems.map(({ pid }) => pid)]));
    for (const problem of problems) yield* this.#tell(problem);
    const wanted = new Set(pids.filter((pid) => !this.#gone.has(pid)));
    for (const pid of [...this.#followed.keys()]) {
      // Described no longer: it ended, or took another name; either way its story is over.
      if (!wanted.has(pid)) yield* this.#end(pid);
    }
    for (const pid of wanted) yield* this.#read(pid);
  }

  /** What was told of others: they are away, and who gets their number is another process. */
  #forgetAllBut(pids: ReadonlySet<number>): void {
    for (const pid of this.#told.keys()) if (!pids.has(pid)) this.#told.delete(pid);
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
      this.#told.delete(pid);
      yield { type: 'read', sample, isFirst: !isSame };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.code !== 'no-such-process') {
        if (before !== undefined && error.problem.code === 'permission-denied') {
          this.#refused.add(pid);
        }
        yield* this.#tell(error.problem);
      } else if (before !== undefined) yield* this.#end(pid);
      else yield* this.#missing(error.problem);
    }
  }

  /** A described process that ends while it is looked up is no problem of anybody's. */
  *#missing(problem: Problem): Generator<FollowEvent<T>, void, void> {
    if (!this.#request.listed.has(problem.pid)) return;
    this.#gone.add(problem.pid);
    yield* this.#tell(problem);
  }

  *#end(pid: number): Generator<FollowEvent<T>, void, void> {
    const head = this.#followed.get(pid);
    this.#followed.delete(pid);
    this.#refused.delete(pid);
    if (this.#request.listed.has(pid)) this.#gone.add(pid);
    if (head !== undefined) yield { type: 'ended', head };
  }

  *#tell(problem: Problem): Generator<FollowEvent<T>, void, void> {
    if (this.#told.get(problem.pid) === problem.message) return;
    this.#told.set(problem.pid, problem.message);
    yield { type: 'problem', problem };
  }
}
