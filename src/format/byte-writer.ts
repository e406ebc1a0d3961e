import type { ByteString } from '../model/byte-string.ts';

/** Where finished bytes go; throws when they cannot be written. */
export type Sink = (bytes: Uint8Array) => void;

const CHUNK_BYTES = 64 * 1024;
/**
 * The first chunk is full after a few rows: what V8 optimizes has seen by then what happens at a
 * chunk's end. Else each function that writes is optimized twice, a fifth of 64,000 rows' time.
 */
const FIRST_CHUNK_BYTES = 512;
/**
 * What a held report may take before it has to leave: about 15,000 rows. On a virtual machine that
 * gives memory back each page costs up to 17 us to touch: with 4 MiB it was a tenth of the time.
 */
const HELD_BYTES = 1024 * 1024;
const DIGIT_0 = 0x30;
const BLANK = 0x20;
const TILDE = 0x7e;
/** No number that is shown has more: a bound for what cannot be counted. */
const MOST_DIGITS = 32;
const TWO_TO_32 = 2 ** 32;
const TWO_TO_64 = 2 ** 64;
const HIGHEST_INT32 = 2 ** 31 - 1;
const HEX_DIGITS = Buffer.from('0123456789abcdef');

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
  /** Bytes that the chunk takes. */
  #capacity: number;
  #at = 0;
  #held: Buffer[] | undefined;

  constructor(sink: Sink, chunkBytes = CHUNK_BYTES) {
    this.#sink = sink;
    this.#chunkBytes = chunkBytes;
    this.#capacity = Math.min(chunkBytes, FIRST_CHUNK_BYTES);
    this.#chunk = Buffer.allocUnsafe(this.#capacity);
  }

  /** Writes a byte string as it is. */
  text(text: ByteString): void {
    for (let from = 0; from < text.length; from += this.#chunkBytes) {
      const to = Math.min(text.length, from + this.#chunkBytes);
      this.#need(to - from);
      const chunk = this.#chunk;
      const shift = this.#at - from;
      for (let i = from; i < to; i++) chunk[shift + i] = text.charCodeAt(i);
      this.#at = shift + to;
    }
  }

  /** Writes a byte string if it is printable ASCII throughout; else writes nothing, returns false. */
  printable(text: ByteString): boolean {
    const { length } = text;
    if (length > this.#chunkBytes) return false;
    this.#need(length);
    const chunk = this.#chunk;
    const at = this.#at;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code < BLANK || code > TILDE) return false;
      chunk[at + i] = code;
    }
    this.#at = at + length;
    return true;
  }

  /** Writes a number that is no fraction in base 10, at least `width` wide, blanks before it. */
  decimal(value: number, width: number): void {
    if (!(value >= 0 && value <= HIGHEST_INT32)) {
      this.text(exactDigits(value, 10).padStart(width));
      return;
    }
    this.#need(width);
    const chunk = this.#chunk;
    const end = this.#at + width;
    let i = end;
    let rest = value | 0;
    for (; i > this.#at && (rest > 0 || i === end); rest = (rest / 10) | 0) {
      chunk[--i] = DIGIT_0 + (rest % 10);
    }
    while (i > this.#at) chunk[--i] = BLANK;
    if (rest > 0 || width === 0) this.decimal(value, countDigits(value, 10));
    else this.#at = end;
  }

  /** Writes a number that is no fraction in base 16, at least `width` wide, zeros before it. */
  hex(value: number, width: number): void {
    if (!(value >= 0 && value < TWO_TO_64)) {
      this.text(exactDigits(value, 16).padStart(width, '0'));
      return;
    }
    this.#need(width);
    const chunk = this.#chunk;
    const end = this.#at + width;
    let high = Math.floor(value / TWO_TO_32);
    let low = (value - high * TWO_TO_32) | 0;
    for (let i = end - 1; i >= this.#at; i--) {
      chunk[i] = HEX_DIGITS[low & 15] as number;
      low = (high << 28) | (low >>> 4);
      high >>>= 4;
    }
    if ((low | high) !== 0 || width === 0) this.hex(value, countDigits(value, 16));
    else this.#at = end;
  }

  /** Writes so many blanks; none where the number is negative. */
  blanks(count: number): void {
    for (let left = count; left > 0; left -= this.#chunkBytes) {
      const length = Math.min(left, this.#chunkBytes);
      this.#need(length);
      const chunk = this.#chunk;
      const end = this.#at + length;
      for (let i = this.#at; i < end; i++) chunk[i] = BLANK;
      this.#at = end;
    }
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
    if (this.#at + length > this.#capacity) this.#nextChunk();
  }

  #nextChunk(): void {
    const held = this.#held;
    const isLarge = this.#capacity === this.#chunkBytes;
    if (held !== undefined && held.length * this.#chunkBytes < HELD_BYTES) {
      held.push(this.#chunk.subarray(0, this.#at));
      this.#at = 0;
    } else {
      this.flush();
      if (isLarge) return;
    }
    this.#capacity = this.#chunkBytes;
    this.#chunk = Buffer.allocUnsafe(this.#capacity);
  }
}

/** How many digits a number has that is no fraction. */
export function countDigits(value: number, base: 10 | 16): number {
  let digits = 1;
  for (let limit = base; value >= limit && digits < MOST_DIGITS; limit *= base) digits++;
  return digits;
}

/** The digits of a number that is no double-precision integer of 64 bits, or not known to be. */
function exactDigits(value: number, base: 10 | 16): string {
  return BigInt(Number.isFinite(value) ? value : 0).toString(base);
}
