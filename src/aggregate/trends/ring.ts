/** The most recent of many numbers: as many as it has room for, the older ones are forgotten. */
export class Ring {
  readonly #capacity: number;
  readonly #values: number[] = [];
  /** Where the oldest one is, once it is full. */
  #oldest = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(value: number): void {
    if (this.#capacity === 0) return;
    if (this.#values.length < this.#capacity) {
      this.#values.push(value);
      return;
    }
    this.#values[this.#oldest] = value;
    this.#oldest = (this.#oldest + 1) % this.#capacity;
  }

  /** The numbers that are kept, the oldest first. */
  list(): number[] {
    return [...this.#values.slice(this.#oldest), ...this.#values.slice(0, this.#oldest)];
  }
}
