import {
  hasZstdChecksum,
  isSkippableZstd,
  ZSTD_MAGIC,
  ZSTD_RLE_BLOCK,
  zstdHeaderBytes,
} from '../../model/compression/zstd-format.ts';

const MAGIC_BYTES = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const SKIPPABLE_HEADER_BYTES = 8;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const MAX_BLOCK_BYTES = 128 * 1024;
const RESERVED = 3;

/** What the beginning of a frame says of the frame. */
export interface FrameHead {
  /** Size of what comes before the first block; of the whole frame if it is to be skipped. */
  readonly sizeBytes: number;
  readonly isSkippable: boolean;
  /** Size of what comes after the last block. */
  readonly checksumBytes: number;
}

/** A block of a frame. */
export interface Block {
  /** With its header. */
  readonly sizeBytes: number;
  readonly isLast: boolean;
}

/**
 * The length of the zstd frame at the start of `bytes`; undefined if more bytes are needed to know
 * it, -1 if no frame begins there. Node decompresses only the first of several frames, so tsmap has
 * to find the others. Source: RFC 8878, 3.1.
 */
export function frameLength(bytes: Buffer): number | undefined {
  const head = frameHead(bytes);
  if (head === undefined || head === -1) return head;
  let at = head.sizeBytes;
  if (head.isSkippable) return at;
  for (;;) {
    const block = blockAt(bytes, at);
    if (block === undefined || block === -1) return block;
    at += block.sizeBytes;
    if (block.isLast) return at + head.checksumBytes;
  }
}

/** The head of the frame at the start; undefined and -1 as in frameLength. */
export function frameHead(bytes: Buffer): FrameHead | undefined | -1 {
  if (bytes.length < SKIPPABLE_HEADER_BYTES) return undefined;
  const magic = bytes.readUInt32LE(0);
  if (isSkippableZstd(magic)) {
    const sizeBytes = SKIPPABLE_HEADER_BYTES + bytes.readUInt32LE(4);
    return { sizeBytes, isSkippable: true, checksumBytes: 0 };
  }
  if (magic !== ZSTD_MAGIC) return -1;
  const descriptor = bytes[4] as number;
  const checksumBytes = hasZstdChecksum(descriptor) ? CHECKSUM_BYTES : 0;
  return { sizeBytes: 5 + zstdHeaderBytes(descriptor), isSkippable: false, checksumBytes };
}

/** The block of a frame that begins at `at`; undefined and -1 as in frameLength. */
export function blockAt(bytes: Buffer, at: number): Block | undefined | -1 {
  if (at + BLOCK_HEADER_BYTES > bytes.length) return undefined;
  const header = bytes.readUIntLE(at, BLOCK_HEADER_BYTES);
  const type = (header >> 1) & 3;
  const size = header >> 3;
  if (type === RESERVED || size > MAX_BLOCK_BYTES) return -1;
  const sizeBytes = BLOCK_HEADER_BYTES + (type === ZSTD_RLE_BLOCK ? 1 : size);
  return { sizeBytes, isLast: (header & 1) !== 0 };
}

/** The position, after the first byte, of the next frame; -1 if there is none. */
export function nextFrame(bytes: Buffer): number {
  return bytes.indexOf(MAGIC_BYTES, 1);
}
