/** Steps that restore the system, however the bench ends; the newest first. */
export class Undo {
  readonly #steps: (() => void)[] = [];

  /** Remembers a step; it must be able to run inside an exit handler, so it is synchronous. */
  add(step: () => void): void {
    this.#steps.push(step);
  }

  /** Runs all steps that were not run yet; an error is reported and does not stop the others. */
  run(): void {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        step();
      } catch (error) {
        console.error(`bench: cannot clean up: ${error}`);
      }
    }
  }
}
