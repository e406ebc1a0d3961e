import { StringDecoder } from 'node:string_decoder';
import type { ByteSource } from './byte-source.ts';

const CHUNK_BYTES = 64 * 1024;

/** Decodes UTF-16, as Windows writes what a command prints, to the bytes of UTF-8. */
export class Utf16Source implements ByteSource {
  readonly #source: ByteSource;
  readonly #isBigEndian: boolean;
  readonly #decoder = new StringDecoder('utf16le');
  /** Has room for a byte that was left over from the last chunk. */
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  #leftover = 0;
  #ready = Buffer.alloc(0);
  #isOver = false;

  constructor(source: ByteSource, isBigEndian: boolean) {
    this.#source = source;
    this.#isBigEndian = isBigEndian;
  }

  get path(): string {
    return this.#source.path;
  }

  read(into: Uint8Array, offset: number, length: number): number {
    while (this.#ready.length === 0 && !this.#isOver) this.#fill();
    const piece = this.#ready.subarray(0, length);
    into.set(piece, offset);
    this.#ready = this.#ready.subarray(piece.length);
    return piece.length;
  }

  close(): void {
    this.#source.close();
  }

  #fill(): void {
    const room = this.#chunk.length - this.#leftover;
    const count = this.#source.read(this.#chunk, this.#leftover, room);
    const end = this.#leftover + count;
    this.#isOver = count === 0;
    const whole = end - (end % 2);
    const units = Buffer.from(this.#chunk.subarray(0, whole));
    if (this.#isBigEndian) units.swap16();
    const text = this.#decoder.write(units) + (this.#isOver ? this.#decoder.end() : '');
    this.#ready = Buffer.from(text, 'utf8');
    this.#leftover = end - whole;
    if (this.#leftover > 0) this.#chunk[0] = this.#chunk[whole] as number;
  }
}
