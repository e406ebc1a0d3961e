import type { ByteSource } from './byte-source.ts';
import { NEWLINE } from './bytes.ts';

const RETURN = 0x0d;
const CHUNK_BYTES = 64 * 1024;

/** Removes every CR before a newline from a source; any other CR stays. */
export class CrlfSource implements ByteSource {
  readonly #source: ByteSource;
  /** Has room for one more byte than is read: a CR that was held back from the last chunk. */
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES + 1);
  #pos = 0;
  #end = 0;
  #holdsReturn = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get path(): string {
    return this.#source.path;
  }

  read(into: Uint8Array, offset: number, length: number): number {
    while (this.#pos === this.#end) if (!this.#fill()) return 0;
    const piece = this.#chunk.subarray(this.#pos, Math.min(this.#end, this.#pos + length));
    into.set(piece, offset);
    this.#pos += piece.length;
    return piece.length;
  }

  close(): void {
    this.#source.close();
  }

  /** Reads a chunk and strips it, which may leave it empty; false at the end of the source. */
  #fill(): boolean {
    const from = this.#holdsReturn ? 1 : 0;
    this.#chunk[0] = this.#holdsReturn ? RETURN : 0;
    const count = this.#source.read(this.#chunk, from, CHUNK_BYTES);
    const end = from + count;
    // What follows a CR at the end of a chunk is known only after the next read.
    this.#holdsReturn = count > 0 && this.#chunk[end - 1] === RETURN;
    this.#pos = 0;
    this.#end = stripReturns(this.#chunk, this.#holdsReturn ? end - 1 : end);
    return end > 0;
  }
}

/** Removes, in place, the CRs before newlines from `bytes` up to `end`; returns the new end. */
function stripReturns(bytes: Uint8Array, end: number): number {
  let to = 0;
  for (let at = 0; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === RETURN && at + 1 < end && bytes[at + 1] === NEWLINE) continue;
    bytes[to++] = byte;
  }
  return to;
}
