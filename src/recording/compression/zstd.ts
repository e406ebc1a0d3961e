import * as zlib from 'node:zlib';

/** What Node 22.15 and later have, and the types of earlier ones lack. */
interface Zstd {
  zstdCompressSync(bytes: Uint8Array): Buffer;
  zstdDecompressSync(bytes: Uint8Array, options: { maxOutputLength: number }): Buffer;
}

/** zstd where this Node has it. */
export function zstdOfNode(): Zstd | undefined {
  return 'zstdCompressSync' in zlib ? (zlib as unknown as Zstd) : undefined;
}
