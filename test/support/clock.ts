import type { Clock } from '../../src/sources/clock.ts';

/** A clock that stands still, except for the time that a test lets pass. */
export interface ControlledClock extends Clock {
  /** Lets time pass, as work does. */
  pass(durationMs: number): void;
  /** Sets the machine's clock, without time passing. */
  setEpochMs(epochMs: number): void;
}

/** Sleeping takes no real time; `onSleep` may abort, or let more time pass. */
export function controlledClock(
  epochMs: number,
  onSleep: (durationMs: number) => void = () => {},
): ControlledClock {
  let nowMs = 1000;
  let offsetMs = epochMs - nowMs;
  return {
    monotonicMs: () => nowMs,
    epochMs: () => nowMs + offsetMs,
    sleep: async (durationMs, signal) => {
      onSleep(durationMs);
      if (!signal.aborted) nowMs += durationMs;
    },
    pass: (durationMs) => {
      nowMs += durationMs;
    },
    setEpochMs: (newEpochMs) => {
      offsetMs = newEpochMs - nowMs;
    },
  };
}
