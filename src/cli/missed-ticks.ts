const SAY_AGAIN_MS = 60_000;

/** Says that moments were missed: at once, then at most once a minute, with how many there were. */
export class MissedTicks {
  readonly #say: (message: string) => void;
  #count = 0;
  #saidMs = Number.NEGATIVE_INFINITY;

  constructor(say: (message: string) => void) {
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
    const moments = this.#count === 1 ? '1 moment was' : `${this.#count} moments were`;
    this.#say(`${moments} missed: reading takes longer than the interval`);
    this.#count = 0;
    this.#saidMs = nowMs;
  }
}
