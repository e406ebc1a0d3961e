/** Room for the head, which is known last; most heads have 2 KB. */
const HEAD_ROOM_BYTES = 64 * 1024;
const INITIAL_BYTES = 1024 * 1024;

/** A growing line of ASCII. Its memory is reused for the next line. */
export class LineBuffer {
  #bytes = Buffer.allocUnsafe(INITIAL_BYTES);
  #end = HEAD_ROOM_BYTES;

  clear(): void {
    this.#end = HEAD_ROOM_BYTES;
  }

  add(text: string): void {
    if (this.#end + text.length > this.#bytes.length) this.#grow(text.length);
    this.#end += this.#bytes.write(text, this.#end, 'latin1');
  }

  /** The head followed by all that was added; valid until the next `clear`. */
  withHead(head: string): Uint8Array {
    const start = HEAD_ROOM_BYTES - head.length;
    if (start < 0) {
      const rest = this.#bytes.subarray(HEAD_ROOM_BYTES, this.#end);
      return Buffer.concat([Buffer.from(head, 'latin1'), rest]);
    }
    this.#bytes.write(head, start, 'latin1');
    return this.#bytes.subarray(start, this.#end);
  }

  #grow(neededBytes: number): void {
    const size = Math.max(this.#bytes.length * 2, this.#end + neededBytes);
    const larger = Buffer.allocUnsafe(size);
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
