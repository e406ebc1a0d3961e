import type { ByteSource } from '../source/byte-source.ts';

const NEWLINE = 0x0a;

/** How a window is filled; tests make both tiny to put every boundary everywhere. */
export interface WindowOptions {
  /** Bytes to begin with; the window grows when a record does not fit. */
  readonly capacity?: number;
  /** A filling goes on until it brought this many bytes, so that few records are parsed twice. */
  readonly batch?: number;
}

/**
 * A stretch of a file in memory: `bytes[pos]` to `bytes[end - 1]` are read and not yet consumed.
 *
 * `bytes[end]` is always a newline, so a scan for the end of a line needs no second bound; a scan
 * that stops at `end` met the edge of the window, not a line's end.
 */
export class ByteWindow {
  bytes: Buffer;
  pos = 0;
  end = 0;
  /** The source has nothing more; what is in the window is all there is. */
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
   * Reads on, keeping everything from `pos`, which moves to the front. Returns false, and sets
   * `atEof`, when there was nothing more.
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
