const REPORT_INTERVAL_MS = 60_000;

/** Counts missed ticks and reports them: the first one at once, then at most one report a minute. */
export class MissedTicks {
  readonly #report: (count: number) => void;
  #count = 0;
  #reportedMs = Number.NEGATIVE_INFINITY;

  /** `report` is called with the number of ticks missed since the last report. */
  constructor(report: (count: number) => void) {
    this.#report = report;
  }

  add(count: number, nowMs: number): void {
    this.#count += count;
    if (nowMs - this.#reportedMs >= REPORT_INTERVAL_MS) this.#flush(nowMs);
  }

  /** Reports what was not reported yet. */
  end(): void {
    if (this.#count > 0) this.#flush(0);
  }

  #flush(nowMs: number): void {
    this.#report(this.#count);
    this.#count = 0;
    this.#reportedMs = nowMs;
  }
}
