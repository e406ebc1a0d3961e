import {
  hasZstdChecksum,
  isSkippableZstd,
  ZSTD_MAGIC,
  ZSTD_RLE_BLOCK,
  zstdHeaderBytes,
} from '../../model/compression/zstd-format.ts';

/** What a part of zstd data is. Source: RFC 8878, 3.1. */
type Part =
  | 'magic number'
  | 'size to skip'
  | 'skipped'
  | 'descriptor'
  | 'header'
  | 'block header'
  | 'block'
  | 'checksum';

/** Whether bytes begin as zstd data: with a frame, or with one that is to be skipped. */
export function startsZstd(bytes: Buffer): boolean {
  if (bytes.length < 4) return false;
  const magic = bytes.readUInt32LE(0);
  return magic === ZSTD_MAGIC || isSkippableZstd(magic);
}

/** Follows zstd data part by part, without decompressing it, to find where its frames begin and end. */
export class ZstdStructure {
  /** Whether the last bytes belong to a frame that is to be decompressed. */
  isInFrame = false;
  /** Whether the bytes at the beginning of a frame are not those of one. */
  isDamaged = false;
  #part: Part = 'magic number';
  /** Bytes that the part has had, and all that it will have. */
  #had = 0;
  #length = 4;
  /** The number that a part of at most four bytes is, so far. */
  #number = 0;
  #hasChecksum = false;
  #isLastBlock = false;

  /** Whether no frame has begun that has not ended. */
  get isBetweenFrames(): boolean {
    return this.#part === 'magic number' && this.#had === 0;
  }

  /** Moves on in `bytes` by at most one part; returns the number of bytes. */
  advance(bytes: Uint8Array): number {
    if (this.isBetweenFrames) this.isInFrame = false;
    const count = Math.min(bytes.length, this.#length - this.#had);
    // The number is wrong for longer parts, where nobody asks for it.
    for (let i = 0; i < Math.min(count, 4); i++) {
      this.#number += (bytes[i] as number) * 256 ** (this.#had + i);
    }
    this.#had += count;
    while (this.#had === this.#length && !this.isDamaged) this.#endPart();
    return count;
  }

  #begin(part: Part, length: number): void {
    this.#part = part;
    this.#length = length;
    this.#had = 0;
    this.#number = 0;
  }

  #endPart(): void {
    const number = this.#number;
    const part = this.#part;
    if (part === 'magic number') this.#endMagicNumber(number);
    else if (part === 'size to skip') this.#begin('skipped', number);
    else if (part === 'descriptor') this.#endDescriptor(number);
    else if (part === 'header') this.#begin('block header', 3);
    else if (part === 'block header') this.#endBlockHeader(number);
    else if (part === 'block') this.#endBlock();
    else this.#endFrame();
  }

  #endDescriptor(descriptor: number): void {
    this.#hasChecksum = hasZstdChecksum(descriptor);
    this.#begin('header', zstdHeaderBytes(descriptor));
  }

  #endBlockHeader(header: number): void {
    this.#isLastBlock = (header & 1) !== 0;
    this.#begin('block', ((header >> 1) & 3) === ZSTD_RLE_BLOCK ? 1 : header >> 3);
  }

  #endMagicNumber(magic: number): void {
    this.isInFrame = magic === ZSTD_MAGIC;
    if (this.isInFrame) this.#begin('descriptor', 1);
    else if (isSkippableZstd(magic)) this.#begin('size to skip', 4);
    else this.isDamaged = true;
  }

  #endBlock(): void {
    if (!this.#isLastBlock) this.#begin('block header', 3);
    else if (this.#hasChecksum) this.#begin('checksum', 4);
    else this.#endFrame();
  }

  #endFrame(): void {
    this.#begin('magic number', 4);
  }
}
