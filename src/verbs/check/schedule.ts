import type { Clock } from '../../sources/clock.ts';
import { sleepUntil, ticks } from '../../sources/ticker.ts';
import type { Limit } from './limits.ts';

/** How a check waits for a limit to be exceeded. */
export interface WaitOptions {
  readonly intervalMs: number;
  /** Undefined to wait without limit. */
  readonly timeoutMs?: number | undefined;
}

/**
 * The times at which a check reads, in milliseconds from its beginning; each is yielded when it is due.
 *
 * With `wait`, it reads at every interval and once more at the timeout. Without, it reads once; if growth
 * is limited, at the beginning of each window and at the end, which all windows share.
 */
export async function* readingTimes(
  limits: readonly Limit[],
  wait: WaitOptions | undefined,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<number, void, void> {
  const startMs = clock.monotonicMs();
  const { intervalMs, timeoutMs } = wait ?? {};
  let lastMs = -1;
  if (intervalMs !== undefined) {
    for await (const { index } of ticks({ intervalMs, durationMs: timeoutMs }, clock, signal)) {
      lastMs = index * intervalMs;
      yield lastMs;
    }
  }
  const rest = intervalMs === undefined ? windowTimes(limits) : [timeoutMs ?? lastMs];
  for (const atMs of rest.filter((each) => each > lastMs)) {
    await sleepUntil(startMs + atMs, clock, signal);
    if (signal.aborted) return;
    yield atMs;
  }
}

/** The times at which windows of growth begin or end, ascending and without duplicates. */
function windowTimes(limits: readonly Limit[]): number[] {
  const windows = limits.flatMap(({ windowMs }) => (windowMs === undefined ? [] : [windowMs]));
  const longest = Math.max(0, ...windows);
  const all = new Set([longest, ...windows.map((windowMs) => longest - windowMs)]);
  return [...all].sort((a, b) => a - b);
}
