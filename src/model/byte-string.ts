/**
 * Bytes kept as a string: every character code is one byte, 0 to 255 (latin1).
 *
 * Names that come from the kernel (paths, command lines) are bytes in no known encoding. They stay
 * byte strings until a formatter decides how to show them; only then are they decoded.
 */
export type ByteString = string;

/** Text without it is the same in latin1 and in UTF-8. */
const NON_ASCII = /[\x80-\uffff]/;

/** The bytes of a byte string. */
export function bytesOf(text: ByteString): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** The text whose UTF-8 encoding a byte string is; U+FFFD where it is none. */
export function fromByteString(bytes: ByteString): string {
  if (!NON_ASCII.test(bytes)) return bytes;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A byte string that holds the UTF-8 encoding of ordinary text. */
export function toByteString(text: string): ByteString {
  if (!NON_ASCII.test(text)) return text;
  return Buffer.from(text, 'utf8').toString('latin1');
}
