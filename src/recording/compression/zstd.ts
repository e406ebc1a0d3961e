import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';

/** Functions of Node 22.15 and later; the types of earlier versions lack them. */
interface Zstd {
  zstdCompressSync(bytes: Uint8Array, options?: { params: Record<number, number> }): Buffer;
  zstdDecompressSync(
    bytes: Uint8Array,
    options: { maxOutputLength: number; finishFlush?: number },
  ): Buffer;
  createZstdDecompress(): Transform;
}

/** The zstd of this Node; undefined if it has none. */
export function zstdOfNode(): Zstd | undefined {
  return 'zstdCompressSync' in zlib ? (zlib as unknown as Zstd) : undefined;
}
