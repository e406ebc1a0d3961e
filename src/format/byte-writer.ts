import type { ByteString } from '../model/byte-string.ts';

/** Takes finished bytes; throws if they cannot be written. */
export type Sink = (bytes: Uint8Array) => void;

const CHUNK_BYTES = 64 * 1024;
/**
 * The first chunk is small, so that V8 sees the end of a chunk before it optimizes the functions that
 * write. Otherwise it optimizes each of them twice, which takes a fifth of the time of 64,000 rows.
 */
const FIRST_CHUNK_BYTES = 512;
/**
 * The largest output that is held back (see `hold`): about 15,000 rows. Holding more would take longer:
 * on a virtual machine that returns free memory to its host, touching a page takes up to 17 us, and
 * 4 MiB took a tenth of the time.
 */
const MAX_HELD_BYTES = 1024 * 1024;
const DIGIT_0 = 0x30;
const BLANK = 0x20;
const TILDE = 0x7e;
/** More digits than any number has; ends the loop if a number is infinite. */
const MAX_DIGITS = 32;
const TWO_TO_32 = 2 ** 32;
const TWO_TO_64 = 2 ** 64;
const HIGHEST_INT32 = 2 ** 31 - 1;
const HEX_DIGITS = Buffer.from('0123456789abcdef');

/**
 * Collects the bytes of all text output and passes them to the sink in large chunks.
 *
 * Numbers are written into the buffer digit by digit: making a string for each would take longer
 * than reading the kernel's text (20,000 rows: 60 ms with one write per row, 4 ms like this).
 */
export class ByteWriter {
  readonly #sink: Sink;
  readonly #chunkBytes: number;
  #chunk: Buffer;
  /** Size of the chunk in bytes. */
  #capacity: number;
  #at = 0;
  #held: Buffer[] | undefined;

  constructor(sink: Sink, chunkBytes = CHUNK_BYTES) {
    this.#sink = sink;
    this.#chunkBytes = chunkBytes;
    this.#capacity = Math.min(chunkBytes, FIRST_CHUNK_BYTES);
    this.#chunk = Buffer.allocUnsafe(this.#capacity);
  }

  /** Writes a byte string unchanged. */
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

  /** Writes a byte string if it is all printable ASCII; else writes nothing and returns false. */
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

  /** Writes a number as JSON does; whole numbers, which most are, without making a string. */
  number(value: number): void {
    if (Number.isInteger(value)) this.decimal(value, 1);
    else this.text(String(value));
  }

  /** Writes a whole number in base 10, padded with blanks on the left to `width`. */
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

  /** Writes a whole number in base 16, padded with zeros on the left to `width`. */
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

  /** Writes a number of blanks; none if it is negative. */
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

  /** Passes the output so far to the sink, and holds back later output, so that it can be dropped. */
  hold(): void {
    this.flush();
    this.#held = [];
  }

  /**
   * Drops all output since `hold`. Returns false if that was too large to hold and has been written.
   */
  rollback(): boolean {
    if (this.#held === undefined) return false;
    this.#held = [];
    this.#at = 0;
    return true;
  }

  /** Passes everything to the sink. @throws what the sink throws. */
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
    if (held !== undefined && held.length * this.#chunkBytes < MAX_HELD_BYTES) {
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

/** The number of digits of a whole number. */
export function countDigits(value: number, base: 10 | 16): number {
  let digits = 1;
  for (let limit = base; value >= limit && digits < MAX_DIGITS; limit *= base) digits++;
  return digits;
}

/** The digits of any whole number, however large; those of 0 if it is not finite. */
function exactDigits(value: number, base: 10 | 16): string {
  return BigInt(Number.isFinite(value) ? value : 0).toString(base);
}
