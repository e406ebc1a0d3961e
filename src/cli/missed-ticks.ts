const SAY_AGAIN_MS = 60_000;

/** Counts what was missed and says it: at once, then at most once a minute. */
export class MissedTicks {
  readonly #say: (count: number) => void;
  #count = 0;
  #saidMs = Number.NEGATIVE_INFINITY;

  /** `say` hears how many there were since it last did. */
  constructor(say: (count: number) => void) {
    this.#say = say;
  }

  add(count: number, nowMs: number): void {
    this.#count += count;
    if (nowMs - this.#saidMs >= SAY_AGAIN_MS) this.#tell(nowMs);
  }

  /** Says what was not said yet. */
  end(): void {
    if (this.#count > 0) this.#tell(0);
  }

  #tell(nowMs: number): void {
    this.#say(this.#count);
    this.#count = 0;
    this.#saidMs = nowMs;
  }
}
