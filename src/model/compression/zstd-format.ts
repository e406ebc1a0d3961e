/** The first four bytes of a zstd frame, as a little-endian number. Source: RFC 8878, 3.1.1. */
export const ZSTD_MAGIC = 0xfd2fb528;

const DICTIONARY_BYTES = [0, 1, 2, 4];
const SIZE_BYTES = [0, 2, 4, 8];
/** The type of a block that stands for one byte, repeated. */
export const ZSTD_RLE_BLOCK = 1;

/** Whether a frame of user data begins, which decompressors skip; pzstd puts one before each other frame. */
export function isSkippableZstd(magic: number): boolean {
  return magic >>> 4 === 0x184d2a5;
}

/** Whether the frame of a descriptor ends with a checksum. */
export function hasZstdChecksum(descriptor: number): boolean {
  return (descriptor & 4) !== 0;
}

/** Number of bytes in a frame's header after its descriptor. */
export function zstdHeaderBytes(descriptor: number): number {
  const isSingle = (descriptor & 0x20) !== 0;
  const size = SIZE_BYTES[descriptor >> 6] as number;
  const sizeBytes = isSingle && size === 0 ? 1 : size;
  return (isSingle ? 0 : 1) + (DICTIONARY_BYTES[descriptor & 3] as number) + sizeBytes;
}
