/** Time as a command sees it: the system's, or one that a test turns. */
export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  monotonicMs(): number;
  /** Milliseconds since 1970, as the machine's clock has it now. */
  epochMs(): number;
  /** Comes back when the time has passed, or at once when `signal` is aborted. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}
