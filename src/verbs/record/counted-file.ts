import type { RecordingFile } from '../../recording/write/file-writer.ts';
import type { Clock } from '../../sources/clock.ts';
import type { ProgressFacts } from './progress.ts';

/** The file of a recording, with the numbers that the progress line shows. */
export class CountedFile implements ProgressFacts {
  readonly #file: RecordingFile;
  readonly #intervalMs: number;
  readonly #clock: Clock;
  #samples = 0;
  #momentMs: number;

  constructor(file: RecordingFile, intervalMs: number, clock: Clock) {
    this.#file = file;
    this.#intervalMs = intervalMs;
    this.#clock = clock;
    this.#momentMs = clock.monotonicMs();
  }

  samples(): number {
    return this.#samples;
  }

  bytes(): number {
    return this.#file.writtenBytes;
  }

  nextMs(): number {
    return this.#momentMs + this.#intervalMs - this.#clock.monotonicMs();
  }

  beginMoment(): void {
    this.#momentMs = this.#clock.monotonicMs();
    this.#file.beginMoment();
  }

  write(line: Uint8Array): void {
    this.#file.write(line);
    this.#samples++;
  }

  endMoment(): void {
    this.#file.endMoment();
  }

  /** Whether samples were written, but no whole moment, so that the old file is still there. */
  get isPending(): boolean {
    return this.#file.isPending;
  }

  /** Closes the file, or discards it if nothing was recorded. */
  end(): void {
    if (this.#samples > 0) this.#file.close();
    else this.#file.discard();
  }
}
