import type { Clock } from '../sources/clock.ts';

/** Longest delay of a timer in Node; longer ones fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock; tests use another. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(Math.ceil(durationMs), LONGEST_TIMER_MS));
      signal.addEventListener('abort', done);
    }),
};
