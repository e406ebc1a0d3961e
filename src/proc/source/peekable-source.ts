import type { ByteSource } from './byte-source.ts';

/** A source whose first bytes can be examined before they are read; works on pipes. */
export class PeekableSource implements ByteSource {
  readonly #source: ByteSource;
  #peeked: Buffer = Buffer.alloc(0);
  #hasPeeked = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get path(): string {
    return this.#source.path;
  }

  /**
   * The first `count` bytes, or fewer if the source has no more. To be called before `read`.
   */
  peek(count: number): Buffer {
    if (this.#hasPeeked) return this.#peeked;
    const bytes = Buffer.allocUnsafe(count);
    let filled = 0;
    while (filled < count) {
      const got = this.#source.read(bytes, filled, count - filled);
      if (got === 0) break;
      filled += got;
    }
    this.#peeked = bytes.subarray(0, filled);
    this.#hasPeeked = true;
    return this.#peeked;
  }

  /** What was peeked and is not read yet; undefined before `peek`. */
  get beginning(): Buffer | undefined {
    return this.#hasPeeked ? this.#peeked : undefined;
  }

  /** Discards the next `count` of the peeked bytes. */
  skip(count: number): void {
    this.#peeked = this.#peeked.subarray(count);
  }

  read(into: Uint8Array, offset: number, length: number): number {
    if (this.#peeked.length === 0) return this.#source.read(into, offset, length);
    const piece = this.#peeked.subarray(0, length);
    into.set(piece, offset);
    this.skip(piece.length);
    return piece.length;
  }

  close(): void {
    this.#source.close();
  }
}
