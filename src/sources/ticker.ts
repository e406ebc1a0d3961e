import type { Clock } from './clock.ts';

/** A moment at which something is to be read. */
export interface Tick {
  /** Intervals since the first tick; skips those that were missed. */
  readonly index: number;
  /** Ticks that were due before this one and missed, because the work of one took too long. */
  readonly missed: number;
}

/** When ticks come, and how many. */
export interface Schedule {
  readonly intervalMs: number;
  /** How many ticks, the missed ones not counted; without end where it is not there. */
  readonly count?: number | undefined;
  /** No tick comes later than this after the first; a tick at its very end still does. */
  readonly durationMs?: number | undefined;
}

/**
 * Ticks at fixed distances from the first one, so that they do not drift; the first comes at once.
 *
 * What is done between two ticks may take longer than the interval: ticks that fall into it are
 * missed, told by the next one, and never made up for. Ends at once when `signal` is aborted.
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
    // A tick whose time has come while the one before it was worked on is late, not missed.
    const due = last < 0 ? 0 : Math.max(last + 1, passed());
    if (due * intervalMs > durationMs) return;
    await sleepUntil(startMs + due * intervalMs, clock, signal);
    if (signal.aborted) return;
    // Who was stopped in the sleep misses ticks as well: else two would come at once.
    const index = last < 0 ? 0 : Math.max(due, passed());
    yield { index, missed: index - last - 1 };
    last = index;
  }
}

/** Waits for a moment: timers may end a millisecond early, a controlled clock when it likes. */
export async function sleepUntil(dueMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (;;) {
    const restMs = dueMs - clock.monotonicMs();
    if (restMs <= 0 || signal.aborted) return;
    await clock.sleep(restMs, signal);
  }
}
