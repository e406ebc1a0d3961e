/** The time: that of the system, or one that a test controls. */
export interface Clock {
  /** Milliseconds since an arbitrary moment; never goes back. */
  monotonicMs(): number;
  /** Milliseconds since 1970 by the machine's clock, which may be set back. */
  epochMs(): number;
  /** Resolves after this time, or as soon as `signal` is aborted. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}
