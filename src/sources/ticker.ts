import type { Clock } from './clock.ts';

/** A moment at which to read. */
export interface Tick {
  /** Number of intervals since the first tick, missed ones included. */
  readonly index: number;
  /** Number of ticks before this one that were missed because the work took too long. */
  readonly missed: number;
}

/** When ticks occur, and how many. */
export interface Schedule {
  readonly intervalMs: number;
  /** Number of ticks, not counting missed ones; no limit by default. */
  readonly count?: number | undefined;
  /** The last tick comes at most this long after the first; no limit by default. */
  readonly durationMs?: number | undefined;
}

/**
 * Ticks at multiples of the interval after the first one, which comes at once, so they do not drift.
 *
 * The caller's work between two ticks may take longer than the interval. Ticks that become due meanwhile
 * are missed: they are not made up for, but the next tick counts them. Ends as soon as `signal` is
 * aborted.
 */
export async function* ticks(
  { intervalMs, count = Number.POSITIVE_INFINITY, durationMs = Number.POSITIVE_INFINITY }: Schedule,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Tick, void, void> {
  const startMs = clock.monotonicMs();
  let last = -1;
  for (let given = 0; given < count && !signal.aborted; given++) {
    const passed = () => Math.floor((clock.monotonicMs() - startMs) / intervalMs);
    // The last tick that became due during the caller's work is late, not missed.
    const due = last < 0 ? 0 : Math.max(last + 1, passed());
    if (due * intervalMs > durationMs) return;
    await sleepUntil(startMs + due * intervalMs, clock, signal);
    if (signal.aborted) return;
    // If the program was stopped during the sleep, ticks are missed too, instead of coming at once.
    const index = last < 0 ? 0 : Math.max(due, passed());
    yield { index, missed: index - last - 1 };
    last = index;
  }
}

/** Sleeps until this time of the clock. In a loop, because timers may end a millisecond early. */
export async function sleepUntil(dueMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (;;) {
    const restMs = dueMs - clock.monotonicMs();
    if (restMs <= 0 || signal.aborted) return;
    await clock.sleep(restMs, signal);
  }
}
