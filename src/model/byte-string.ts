/**
 * Bytes kept as a string: every character code is one byte, 0 to 255 (latin1).
 *
 * Names from the kernel (paths, command lines) are bytes in an unknown encoding. They stay byte
 * strings until a formatter decodes them to show them.
 */
export type ByteString = string;

/** Text without such characters is the same in latin1 and in UTF-8. */
const NON_ASCII = /[\x80-\uffff]/;

/** The bytes of a byte string. */
export function bytesOf(text: ByteString): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** A byte string decoded as UTF-8; bytes that are not UTF-8 become U+FFFD. */
export function fromByteString(bytes: ByteString): string {
  if (!NON_ASCII.test(bytes)) return bytes;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Text encoded in UTF-8, as a byte string. */
export function toByteString(text: string): ByteString {
  if (!NON_ASCII.test(text)) return text;
  return Buffer.from(text, 'utf8').toString('latin1');
}
