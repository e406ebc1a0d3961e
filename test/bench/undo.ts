/** What has to be put back, however the bench ends; the newest first. */
export class Undo {
  readonly #steps: (() => void)[] = [];

  /** Remembers a step; it must be able to run inside an exit handler, so it is synchronous. */
  add(step: () => void): void {
    this.#steps.push(step);
  }

  /** Takes all steps that were not taken yet; one that fails is told and does not stop the others. */
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
