import { History, type Reading } from '../../aggregate/trends/history.ts';
import { figureWithId } from '../../columns/figures.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Ending, MoverGrouping, WatchReading } from '../../model/watch/watch-reading.ts';
import { perFigure, type Watched } from '../../model/watch/watched.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import type { Clock } from '../../sources/clock.ts';
import { type FollowEvent, Follower, type FollowRequest } from '../../sources/follower.ts';
import { type FigureReading, figuresOf } from '../../sources/live/process-figures.ts';
import { readProcess } from '../../sources/live/read-process.ts';
import { KeptRows, readRows } from '../../sources/live/sampler.ts';
import { type Schedule, type Tick, ticks } from '../../sources/ticker.ts';

/** The processes to watch, and how. */
export interface WatchRequest {
  readonly root: string;
  readonly follow: FollowRequest;
  readonly schedule: Schedule;
  /** The figures to read. */
  readonly figures: readonly Watched[];
  /** Whether to read only status (see FigureRequest). */
  readonly isQuick: boolean;
  /** Whether the watch ends with the last process instead of waiting for others. */
  readonly untilExit: boolean;
  /** How many recent values of each figure are kept for the view. */
  readonly recent: number;
  /** Asked before each reading: how to group mappings; undefined if totals are enough. */
  grouping(): MoverGrouping | undefined;
}

/** How many ticks were missed, and why. */
export interface Missed {
  readonly ticks: number;
  /** How long the cause took; `pause`: the program was stopped, or did not get the processor. */
  readonly tookMs: number;
  readonly cause: 'reading' | 'writing' | 'pause';
}

/** Shows a watch. */
export interface WatchView {
  /** A process was read; `missedTicks` were missed before this reading. */
  reading(reading: WatchReading, missedTicks: number): void;
  /** A process ended, or the watch did. */
  ending(ending: Ending): void;
  problem(problem: Problem): void;
  missed(missed: Missed): void;
  /** All processes were read; `isWaiting`: there has never been one, but one may come. */
  tick(isWaiting: boolean): void;
  /** Waits until all output is written, or `signal` is aborted. */
  settled(signal: AbortSignal): Promise<void>;
}

/** A reading of a process: its totals, and its mappings in groups. */
type WatchSample = Reading;

/**
 * Watches processes until they have ended, the schedule is over or `signal` is aborted. Memory does
 * not grow with time. Returns whether there ever was a process.
 */
export async function watch(
  request: WatchRequest,
  view: WatchView,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const run = new WatchRun(request, view, clock);
  for await (const tick of ticks(request.schedule, clock, signal)) {
    await run.tick(tick, signal);
    if (run.isOver) break;
  }
  run.end();
  await view.settled(signal);
  return run.wasSeen;
}

class WatchRun {
  readonly #request: WatchRequest;
  readonly #view: WatchView;
  readonly #clock: Clock;
  readonly #follower: Follower<WatchSample>;
  /** Histories of the running processes, by the id that was asked for. */
  readonly #histories = new Map<number, History>();
  /** The last problem reported for each process, by the id that was asked for. */
  readonly #lastProblems = new Map<number, string>();
  #work = { writingMs: 0, allMs: 0, endedMs: 0 };
  wasSeen = false;

  constructor(request: WatchRequest, view: WatchView, clock: Clock) {
    this.#request = request;
    this.#view = view;
    this.#clock = clock;
    this.#follower = new Follower(request.follow, (pid) => this.#read(pid));
  }

  get isOver(): boolean {
    if (this.#follower.isOver) return true;
    return this.#request.untilExit && this.#follower.isIdle;
  }

  async tick({ missed }: Tick, signal: AbortSignal): Promise<void> {
    const beganMs = this.#clock.monotonicMs();
    if (missed > 0) this.#view.missed(this.#causeOf(missed, beganMs));
    this.#work = { writingMs: 0, allMs: 0, endedMs: 0 };
    for (const event of this.#follower.tick()) {
      await this.#write(() => this.#handle(event, missed, beganMs), signal);
      // Let signals and keys be handled between two processes, however many there are.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) break;
    }
    await this.#write(() => this.#view.tick(!this.wasSeen && !this.isOver), signal);
    const endedMs = this.#clock.monotonicMs();
    this.#work = { ...this.#work, allMs: endedMs - beganMs, endedMs };
  }

  /** Reports the end of the watch for the processes that still run. */
  end(): void {
    for (const history of this.#histories.values()) this.#close(history, false);
    this.#histories.clear();
  }

  #handle(event: FollowEvent<WatchSample>, missed: number, atMs: number): void {
    if (event.type === 'problem') {
      this.#view.problem(event.problem);
      return;
    }
    if (event.type === 'ended') {
      this.#forget(event.head);
      return;
    }
    const { sample, isFirst } = event;
    const pid = sample.head.askedPid;
    const known = isFirst ? undefined : this.#histories.get(pid);
    const history = known ?? new History(this.#request.recent);
    this.#histories.set(pid, history);
    this.wasSeen = true;
    this.#view.reading(history.add(sample, atMs), missed);
  }

  /** The map of a busy process changes during most readings: one message is enough. */
  #reportOnce(pid: number, problem: Problem): void {
    if (this.#lastProblems.get(pid) === problem.code) return;
    this.#lastProblems.set(pid, problem.code);
    this.#view.problem(problem);
  }

  #forget({ askedPid }: ProcessHead): void {
    const history = this.#histories.get(askedPid);
    this.#histories.delete(askedPid);
    this.#lastProblems.delete(askedPid);
    if (history !== undefined) this.#close(history, true);
  }

  #close(history: History, isGone: boolean): void {
    const ending = history.ending(isGone, this.#clock.epochMs());
    if (ending !== undefined) this.#view.ending(ending);
  }

  /** The program never sleeps longer than an interval, unless it is stopped. */
  #causeOf(missed: number, nowMs: number): Missed {
    const { writingMs, allMs, endedMs } = this.#work;
    const pauseMs = nowMs - endedMs;
    if (pauseMs > this.#request.schedule.intervalMs) {
      return { ticks: missed, tookMs: pauseMs, cause: 'pause' };
    }
    const isReading = writingMs < allMs / 2;
    return {
      ticks: missed,
      tookMs: isReading ? allMs - writingMs : writingMs,
      cause: isReading ? 'reading' : 'writing',
    };
  }

  async #write(write: () => void, signal: AbortSignal): Promise<void> {
    const beganMs = this.#clock.monotonicMs();
    write();
    await this.#view.settled(signal);
    this.#work.writingMs += this.#clock.monotonicMs() - beganMs;
  }

  /**
   * Totals are the kernel's own even if mappings are read too: sums of smaps differ from them by
   * rounding, and switching the view must not look like a change of the process.
   */
  #read(pid: number): WatchSample {
    const { root, isQuick } = this.#request;
    const figures = this.#request.figures.map(figureWithId);
    const epochMs = () => this.#clock.epochMs();
    const by = this.#request.grouping();
    const reading = readProcess(
      { root, pid },
      (located): FigureReading & Pick<Reading, 'groups'> => {
        const totals = figuresOf({ figures, isQuick, epochMs }, located);
        if (by === undefined) return { ...totals, groups: undefined };
        const kept = new KeptRows();
        const { notes, path, isEmptied = false } = readRows({ detail: by, epochMs }, located, kept);
        return { ...totals, notes, path, isEmptied, groups: { by, rows: kept.rows } };
      },
    );
    const { notes, path } = reading;
    for (const problem of textProblems({ pid }, `${path}, `, notes)) this.#reportOnce(pid, problem);
    return { ...reading, figures: perFigure((id) => reading.figures.get(id)) };
  }
}
