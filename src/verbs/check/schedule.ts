import type { Clock } from '../../sources/clock.ts';
import { sleepUntil, ticks } from '../../sources/ticker.ts';
import type { Limit } from './limits.ts';

/** How a check waits for a limit to be exceeded. */
export interface Waiting {
  readonly intervalMs: number;
  /** Without end where it is not there. */
  readonly timeoutMs?: number | undefined;
}

/**
 * When a check reads, in milliseconds from its beginning: each comes when it is due.
 *
 * Waiting it is every interval, and once more at the very end. Otherwise it is once, or where growth
 * is limited, at the beginning of each window and at the end that all of them share.
 */
export async function* moments(
  limits: readonly Limit[],
  waiting: Waiting | undefined,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<number, void, void> {
  const startMs = clock.monotonicMs();
  const { intervalMs, timeoutMs } = waiting ?? {};
  let lastMs = -1;
  if (intervalMs !== undefined) {
    for await (const { index } of ticks({ intervalMs, durationMs: timeoutMs }, clock, signal)) {
      lastMs = index * intervalMs;
      yield lastMs;
    }
  }
  const single = intervalMs === undefined ? readingsFor(limits) : [timeoutMs ?? lastMs];
  for (const atMs of single.filter((each) => each > lastMs)) {
    await sleepUntil(startMs + atMs, clock, signal);
    if (signal.aborted) return;
    yield atMs;
  }
}

/** Ascending; each once. */
function readingsFor(limits: readonly Limit[]): number[] {
  const windows = limits.flatMap(({ windowMs }) => (windowMs === undefined ? [] : [windowMs]));
  const longest = Math.max(0, ...windows);
  const all = new Set([longest, ...windows.map((windowMs) => longest - windowMs)]);
  return [...all].sort((a, b) => a - b);
}
