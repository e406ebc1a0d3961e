import type { ByteSource } from '../source/byte-source.ts';
import { NEWLINE } from '../source/bytes.ts';

/** Sizes of a window; tests make them tiny, so that its edge falls everywhere. */
export interface WindowOptions {
  /** Initial size in bytes; the window grows when a record does not fit. */
  readonly capacity?: number;
  /** `fill` reads until it has this many bytes, so that few records are parsed twice. */
  readonly batch?: number;
}

/**
 * A part of a file in memory: `bytes[pos]` to `bytes[end - 1]` have been read and not yet consumed.
 *
 * `bytes[end]` is always a newline, so a scan for the end of a line needs no bounds check. A scan
 * that stops at `end` has reached the end of the window, not of a line.
 */
export class ByteWindow {
  bytes: Buffer;
  pos = 0;
  end = 0;
  /** The source has no more: the window holds all the rest. */
  atEof = false;
  readonly #source: ByteSource;
  readonly #batch: number;

  constructor(source: ByteSource, { capacity = 64 * 1024, batch = 32 * 1024 }: WindowOptions = {}) {
    this.#source = source;
    this.#batch = batch;
    this.bytes = Buffer.allocUnsafe(capacity + 1);
    this.bytes[0] = NEWLINE;
  }

  /**
   * Reads more, keeping everything from `pos`, which moves to the front. Sets `atEof` at the end of
   * the source; returns false if there was nothing left to read.
   */
  fill(): boolean {
    this.#makeRoom();
    const before = this.end;
    while (this.end - before < this.#batch && this.end < this.bytes.length - 1) {
      const count = this.#source.read(this.bytes, this.end, this.bytes.length - 1 - this.end);
      if (count === 0) {
        this.atEof = true;
        break;
      }
      this.end += count;
    }
    this.bytes[this.end] = NEWLINE;
    return this.end > before;
  }

  #makeRoom(): void {
    const kept = this.end - this.pos;
    const capacity = this.bytes.length - 1;
    const target = kept > capacity / 2 ? Buffer.allocUnsafe(capacity * 2 + 1) : this.bytes;
    this.bytes.copy(target, 0, this.pos, this.end);
    this.bytes = target;
    this.pos = 0;
    this.end = kept;
  }
}
