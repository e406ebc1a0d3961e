/** Room for what is put before the rest when all is known; most heads have 2 KB. */
const HEAD_ROOM_BYTES = 64 * 1024;
const FIRST_BYTES = 1024 * 1024;

/** A line that grows, in ASCII. Its memory is kept for the next. */
export class LineBuffer {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #end = HEAD_ROOM_BYTES;

  clear(): void {
    this.#end = HEAD_ROOM_BYTES;
  }

  add(text: string): void {
    if (this.#end + text.length > this.#bytes.length) this.#grow(text.length);
    this.#end += this.#bytes.write(text, this.#end, 'latin1');
  }

  /** The head and all that was added; holds until the next `clear`. */
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
