const MAGIC = 0xfd2fb528;
const MAGIC_BYTES = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const FIRST_SKIPPABLE = 0x184d2a50;
const DICTIONARY_BYTES = [0, 1, 2, 4];
const SIZE_BYTES = [0, 2, 4, 8];
const RLE = 1;

/**
 * The length of the zstd frame at the start of `bytes`; undefined if more bytes are needed to know
 * it, -1 if no frame begins there. Node decompresses only the first of several frames, so tsmap has
 * to find the others. Source: RFC 8878, 3.1.
 */
export function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 8) return undefined;
  const magic = bytes.readUInt32LE(0);
  if (magic >= FIRST_SKIPPABLE && magic < FIRST_SKIPPABLE + 16) return 8 + bytes.readUInt32LE(4);
  if (magic !== MAGIC) return -1;
  const descriptor = bytes[4] as number;
  const hasChecksum = (descriptor & 4) !== 0;
  let at = 5 + headerBytes(descriptor);
  for (;;) {
    if (at + 3 > bytes.length) return undefined;
    const header = bytes.readUIntLE(at, 3);
    const isRle = ((header >> 1) & 3) === RLE;
    at += 3 + (isRle ? 1 : header >> 3);
    if ((header & 1) !== 0) return at + (hasChecksum ? 4 : 0);
  }
}

/** The position, after the first byte, of the next frame; -1 if there is none. */
export function nextFrame(bytes: Buffer): number {
  return bytes.indexOf(MAGIC_BYTES, 1);
}

/** Number of bytes in a frame's header after its descriptor. */
function headerBytes(descriptor: number): number {
  const isSingle = (descriptor & 0x20) !== 0;
  const size = SIZE_BYTES[descriptor >> 6] as number;
  const sizeBytes = isSingle && size === 0 ? 1 : size;
  return (isSingle ? 0 : 1) + (DICTIONARY_BYTES[descriptor & 3] as number) + sizeBytes;
}
