import type { ByteString } from '../../model/byte-string.ts';
import type { FieldValue } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import {
  BLANK,
  COLON,
  DASH,
  DIGIT_0,
  HEX_VALUE,
  isDigit,
  latin1,
  lineEnd,
  NEWLINE,
} from '../source/bytes.ts';

/** Hexadecimal digits of 64 bits. */
const MAX_DIGITS = 16;
/** How many different permissions are cached. */
const MAX_PERMS = 64;
const TWO_TO_32 = 2 ** 32;
const LETTER_P = 0x70;
const LETTER_R = 0x72;
const LETTER_S = 0x73;
const LETTER_W = 0x77;
const LETTER_X = 0x78;

/** The syntax of a line of maps, for messages. */
export const HEADER_SYNTAX = "'start-end perms offset device inode [name]'";

/** What follows the addresses. With bounds, so that no name takes time quadratic in its length. */
const WITHIN = /[r-][w-][x-][ps] [0-9a-f]{8,16} [0-9a-f]{2,16}:[0-9a-f]{2,16} \d+( |$)/;
/** Length of the shortest text that matches. */
const SHORTEST_WITHIN = 'r--p 00000000 00:00 0'.length;

/**
 * Whether a text has the first line of a mapping in it, as after a newline was lost. A file could have
 * such a name; none is known that has.
 */
export function hasHeaderWithin(text: string): boolean {
  return text.length >= SHORTEST_WITHIN && WITHIN.test(text);
}

/**
 * Whether a mapping's first line begins at `at`: hexadecimal digits and a dash. Fields begin with
 * capital letters today; one that began with `a` to `f` would still not have a dash after them.
 */
export function startsRecord(bytes: Uint8Array, at: number, end: number): 'yes' | 'no' | 'unsure' {
  let i = at;
  while ((HEX_VALUE[bytes[i] as number] as number) >= 0) i++;
  if (i >= end) return 'unsure';
  return i > at && bytes[i] === DASH ? 'yes' : 'no';
}

/**
 * Parses lines like `00400000-00401000 r-xp 00000000 fe:00 1234      /bin/x`, and is itself the
 * mapping that the line describes.
 *
 * One instance serves a whole file, so 300,000 mappings leave no garbage. What costs a string
 * (name, inode, perms) is decoded on access, which is possible until the next `parse`.
 */
export class HeaderLine implements Mapping {
  start = 0;
  end = 0;
  offset = 0;
  deviceMajor = 0;
  deviceMinor = 0;
  values: FieldValue[] = [];
  /** Set by classification; declared here so that setting them does not change the object's shape. */
  kind: Mapping['kind'] = undefined;
  owner: Mapping['owner'] = undefined;
  /** The index of the newline that ends the line. */
  eol = 0;
  /** The number of digits of `start` in the line. */
  startDigits = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #permsAt = 0;
  /** Permissions by their four bytes as one number; there are few different ones. */
  readonly #permsTexts = new Map<number, string>();
  #inodeAt = 0;
  #inodeEnd = 0;
  #nameAt = 0;

  get perms(): string {
    const key = keyOf(this.#bytes, this.#permsAt);
    return this.#permsTexts.get(key) ?? this.#newPerms(key);
  }

  get inode(): string {
    // Inode 0: every anonymous mapping has it.
    if (this.#inodeEnd === this.#inodeAt + 1 && this.#bytes[this.#inodeAt] === DIGIT_0) return '0';
    return latin1(this.#bytes, this.#inodeAt, this.#inodeEnd);
  }

  get name(): ByteString {
    return this.#nameAt === this.eol ? '' : latin1(this.#bytes, this.#nameAt, this.eol);
  }

  /**
   * Whether a line that ends without a newline is whole as far as its form tells: after the inode comes
   * a blank at least, and a name in brackets has both. Many programs drop the blank after inode 0.
   */
  get isWhole(): boolean {
    const { name } = this;
    if (name === '') return this.#inodeEnd < this.eol || this.inode === '0';
    return !name.startsWith('[') || name.endsWith(']');
  }

  /**
   * Parses the line at `at`; false if it is not a mapping. `eol` is set in both cases; if it is the
   * end of the window, the line may continue after it.
   */
  parse(bytes: Buffer, at: number): boolean {
    this.#bytes = bytes;
    this.#at = at;
    const ok =
      this.#parseRange() && this.#parsePerms() && this.#parseDevice() && this.#parseInode();
    this.eol = lineEnd(bytes, this.#at);
    if (ok) this.#parseName();
    return ok && this.end >= this.start;
  }

  #parseRange(): boolean {
    const at = this.#at;
    this.start = this.#hex();
    this.startDigits = this.#at - at;
    if (this.start < 0 || !this.#skip(DASH)) return false;
    this.end = this.#hex();
    return this.end >= 0 && this.#skip(BLANK);
  }

  #parsePerms(): boolean {
    const at = this.#at;
    this.#permsAt = at;
    const b = this.#bytes;
    const isPerms =
      (b[at] === LETTER_R || b[at] === DASH) &&
      (b[at + 1] === LETTER_W || b[at + 1] === DASH) &&
      (b[at + 2] === LETTER_X || b[at + 2] === DASH) &&
      (b[at + 3] === LETTER_P || b[at + 3] === LETTER_S);
    if (!isPerms) return false;
    this.#at = at + 4;
    if (!this.#skip(BLANK)) return false;
    this.offset = this.#hex();
    return this.offset >= 0 && this.#skip(BLANK);
  }

  #newPerms(key: number): string {
    const texts = this.#permsTexts;
    // The kernel prints 32 different ones; any other file must not make the cache grow.
    if (texts.size >= MAX_PERMS) texts.clear();
    const text = latin1(this.#bytes, this.#permsAt, this.#permsAt + 4);
    texts.set(key, text);
    return text;
  }

  #parseDevice(): boolean {
    this.deviceMajor = this.#hex();
    if (this.deviceMajor < 0 || !this.#skip(COLON)) return false;
    this.deviceMinor = this.#hex();
    return this.deviceMinor >= 0 && this.#skip(BLANK);
  }

  #parseInode(): boolean {
    this.#inodeAt = this.#at;
    while (isDigit(this.#bytes[this.#at])) this.#at++;
    this.#inodeEnd = this.#at;
    const next = this.#bytes[this.#at];
    return this.#inodeEnd > this.#inodeAt && (next === BLANK || next === NEWLINE);
  }

  #parseName(): void {
    const b = this.#bytes;
    let at = this.#inodeEnd;
    while (b[at] === BLANK) at++;
    this.#nameAt = at;
  }

  #skip(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at++;
    return true;
  }

  /**
   * Parses a hexadecimal number and moves past it; -1 if there is none, or one of more than 64
   * bits. Computes with two halves, because integers are twice as fast as floating-point numbers
   * here.
   */
  #hex(): number {
    const b = this.#bytes;
    const from = this.#at;
    let at = from;
    let high = 0;
    let low = 0;
    for (let digit = HEX_VALUE[b[at] as number] as number; digit >= 0; ) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
      digit = HEX_VALUE[b[++at] as number] as number;
    }
    if (at === from || at - from > MAX_DIGITS) return -1;
    this.#at = at;
    return high === 0 ? low >>> 0 : (high >>> 0) * TWO_TO_32 + (low >>> 0);
  }
}

/** The four characters of the permissions as one number. */
function keyOf(bytes: Uint8Array, at: number): number {
  let key = 0;
  for (let i = at; i < at + 4; i++) key = (key << 8) | (bytes[i] as number);
  return key;
}
