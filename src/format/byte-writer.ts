import type { ByteString } from '../model/byte-string.ts';

/** Where finished bytes go; throws when they cannot be written. */
export type Sink = (bytes: Uint8Array) => void;

const CHUNK_BYTES = 64 * 1024;
/** What a held report may take before it has to leave: about 60,000 rows. */
const HELD_BYTES = 4 * 1024 * 1024;
const DIGIT_0 = 0x30;
const LETTER_A = 0x61;
const BLANK = 0x20;

/**
 * The one way out for text: collects bytes and hands them on in large pieces.
 *
 * Numbers are written digit by digit into the buffer; a string per row and number would cost more
 * than reading the kernel's text (20,000 rows: 60 ms with one write per row, 4 ms so).
 */
export class ByteWriter {
  readonly #sink: Sink;
  readonly #chunkBytes: number;
  #chunk: Buffer;
  #at = 0;
  #held: Buffer[] | undefined;

  constructor(sink: Sink, chunkBytes = CHUNK_BYTES) {
    this.#sink = sink;
    this.#chunkBytes = chunkBytes;
    this.#chunk = Buffer.allocUnsafe(chunkBytes);
  }

  /** Writes a byte string as it is. */
  text(text: ByteString): void {
    for (let from = 0; from < text.length; from += this.#chunkBytes) {
      const to = Math.min(text.length, from + this.#chunkBytes);
      this.#need(to - from);
      for (let i = from; i < to; i++) this.#chunk[this.#at++] = text.charCodeAt(i);
    }
  }

  /** Writes a number that is no fraction, in base 10 or 16, filled up to `width` from the left. */
  number(value: number, base: 10 | 16, width: number, fill: ' ' | '0'): void {
    const digits = countDigits(value, base);
    const length = Math.max(digits, width);
    this.#need(length);
    const end = this.#at + length;
    const filler = fill === '0' ? DIGIT_0 : BLANK;
    for (let i = this.#at; i < end - digits; i++) this.#chunk[i] = filler;
    let rest = value;
    for (let i = end - 1; i >= end - digits; i--) {
      const next = Math.floor(rest / base);
      const digit = rest - next * base;
      this.#chunk[i] = digit < 10 ? DIGIT_0 + digit : LETTER_A + digit - 10;
      rest = next;
    }
    this.#at = end;
  }

  /** From here on keeps what is written, so that `rollback` can drop it again. */
  hold(): void {
    this.flush();
    this.#held = [];
  }

  /** Drops what was written since `hold`; false when it was too much to keep and has left. */
  rollback(): boolean {
    if (this.#held === undefined) return false;
    this.#held = [];
    this.#at = 0;
    return true;
  }

  /** Hands everything on. @throws what the sink throws. */
  flush(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const bytes of held) this.#sink(bytes);
    const at = this.#at;
    this.#at = 0;
    if (at > 0) this.#sink(this.#chunk.subarray(0, at));
  }

  #need(length: number): void {
    if (this.#at + length <= this.#chunkBytes) return;
    const held = this.#held;
    if (held === undefined || held.length * this.#chunkBytes >= HELD_BYTES) {
      this.flush();
    } else {
      held.push(this.#chunk.subarray(0, this.#at));
      this.#chunk = Buffer.allocUnsafe(this.#chunkBytes);
      this.#at = 0;
    }
  }
}

/** How many digits a number has that is no fraction. */
export function countDigits(value: number, base: 10 | 16): number {
  let digits = 1;
  for (let limit = base; value >= limit; limit *= base) digits++;
  return digits;
}
