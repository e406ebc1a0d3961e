import { gunzipSync, gzipSync } from 'node:zlib';

/** Head of the subfield that holds a member's length: its name `TS`, and its size of 4 bytes. */
const SUBFIELD = Buffer.from([0x54, 0x53, 4, 0]);
const FIXED_BYTES = 10;
const LENGTH_AT = FIXED_BYTES + 2 + SUBFIELD.length;
const HEADER_BYTES = LENGTH_AT + 4;
const HAS_EXTRA = 4;

/**
 * Compresses a line into a gzip member whose header contains the length of the member, in a subfield
 * that other programs ignore. So the next member can be found without decompressing this one. Source:
 * RFC 1952.
 */
export function gzipMember(bytes: Uint8Array): Buffer {
  const plain = gzipSync(bytes);
  const header = Buffer.alloc(HEADER_BYTES);
  plain.copy(header, 0, 0, FIXED_BYTES);
  header.writeUInt8(HAS_EXTRA, 3);
  header.writeUInt16LE(SUBFIELD.length + 4, FIXED_BYTES);
  SUBFIELD.copy(header, FIXED_BYTES + 2);
  header.writeUInt32LE(plain.length - FIXED_BYTES + HEADER_BYTES, LENGTH_AT);
  return Buffer.concat([header, plain.subarray(FIXED_BYTES)]);
}

/**
 * The length of the member at the start of `bytes`; undefined if more bytes are needed to know it,
 * -1 if it is not a member with its length in the header.
 */
export function memberLength(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const isOurs =
    bytes.readUInt16BE(0) === 0x1f8b &&
    bytes[3] === HAS_EXTRA &&
    bytes.subarray(FIXED_BYTES + 2, LENGTH_AT).equals(SUBFIELD);
  return isOurs ? bytes.readUInt32LE(LENGTH_AT) : -1;
}

/** The position, after the first byte, of the next member with its length; -1 if there is none. */
export function nextMember(bytes: Buffer): number {
  for (let at = bytes.indexOf(SUBFIELD, 1); at >= 0; at = bytes.indexOf(SUBFIELD, at + 1)) {
    const start = at - FIXED_BYTES - 2;
    if (start > 0 && memberLength(bytes.subarray(start)) !== -1) return start;
  }
  return -1;
}

/** The text of a member. @throws Error of zlib. */
export function gunzipMember(member: Buffer, maxOutputLength: number): Buffer {
  return gunzipSync(member, { maxOutputLength });
}
