/** The most recent numbers of a series, up to a capacity. */
export class Ring {
  readonly #capacity: number;
  readonly #values: number[] = [];
  /** Index of the oldest number, once the capacity is reached. */
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

  /** The numbers, oldest first. */
  list(): number[] {
    return [...this.#values.slice(this.#oldest), ...this.#values.slice(0, this.#oldest)];
  }
}
