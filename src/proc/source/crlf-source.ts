import type { ByteSource } from './byte-source.ts';
import { NEWLINE, RETURN } from './bytes.ts';

const CHUNK_BYTES = 64 * 1024;

/** Removes the CRs before a newline, and those at the end, from a source; any other CR stays. */
export class CrlfSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  #ready: Uint8Array = this.#chunk.subarray(0, 0);
  /** Number of CRs at the end of the last chunk: what follows them is not known yet. */
  #heldReturns = 0;
  #isOver = false;

  constructor(source: ByteSource) {
    this.#source = source;
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

  /** Reads a chunk and strips it, which may leave it empty. */
  #fill(): void {
    const count = this.#source.read(this.#chunk, 0, CHUNK_BYTES);
    this.#isOver = count === 0;
    const chunk = this.#chunk.subarray(0, count);
    const hasNone = this.#heldReturns === 0 && !chunk.includes(RETURN);
    this.#ready = hasNone ? chunk : this.#stripped(chunk);
  }

  #stripped(chunk: Uint8Array): Uint8Array {
    const kept = new Uint8Array(this.#heldReturns + chunk.length);
    let held = this.#heldReturns;
    let to = 0;
    for (const byte of chunk) {
      if (byte === RETURN) held++;
      else {
        if (byte !== NEWLINE) to = fill(kept, to, held);
        held = 0;
        kept[to++] = byte;
      }
    }
    this.#heldReturns = held;
    return kept.subarray(0, to);
  }
}

/** Writes CRs at `at`; returns the position after them. */
function fill(bytes: Uint8Array, at: number, count: number): number {
  bytes.fill(RETURN, at, at + count);
  return at + count;
}
