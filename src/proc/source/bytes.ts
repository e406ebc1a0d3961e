import type { ByteString } from '../../model/byte-string.ts';

/** Character codes in the kernel's text. */
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const BLANK = 0x20;
export const DASH = 0x2d;
export const COLON = 0x3a;
export const DIGIT_0 = 0x30;

/** The value of a lower-case hexadecimal digit, by character code; -1 for any other byte. */
export const HEX_VALUE: Int8Array = hexValues();

function hexValues(): Int8Array {
  const values = new Int8Array(256).fill(-1);
  for (let value = 0; value < 16; value++) values[value.toString(16).charCodeAt(0)] = value;
  return values;
}

/** The index of the newline that ends the line at `at`; at the end of a window see ByteWindow. */
export function lineEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  while (bytes[i] !== NEWLINE) i++;
  return i;
}

/** Whether `bytes` has `word` at `at`. */
export function startsWith(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** Whether the byte is a decimal digit. */
export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= DIGIT_0 && byte <= DIGIT_0 + 9;
}

/** Whether the byte is white space within a line: blank, tab, or the CR of Windows before a newline. */
export function isWhiteSpace(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB || byte === RETURN;
}

/** The bytes from `from` up to, not including, `to` as a byte string. */
export function latin1(bytes: Buffer, from: number, to: number): ByteString {
  return bytes.toString('latin1', from, to);
}
