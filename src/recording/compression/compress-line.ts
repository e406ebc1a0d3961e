import { fileError } from '../../model/errors/file-error.ts';
import type { Compression } from './decompress.ts';
import { gzipMember } from './gzip-members.ts';
import { zstdOfNode } from './zstd.ts';

/** Compresses a line into the bytes for the file. */
export type LineCompressor = (line: Uint8Array) => Uint8Array;

/** ZSTD_c_checksumFlag: without it, damage can change numbers unnoticed. */
const CHECKSUM_FLAG = 201;

/** The compression for a new file of this name. */
export function compressionByName(path: string): Compression {
  if (path.endsWith('.gz')) return 'gzip';
  return path.endsWith('.zst') ? 'zstd' : 'none';
}

/**
 * Returns a function that compresses lines one by one, each into a frame of its own. `path` is for
 * messages.
 *
 * @throws ProblemError when this Node lacks the compression.
 */
export function lineCompressor(path: string, compression: Compression): LineCompressor {
  if (compression === 'none') return (line) => line;
  if (compression === 'gzip') return gzipMember;
  const zstd = zstdOfNode();
  if (zstd !== undefined) {
    const params = { [CHECKSUM_FLAG]: 1 };
    return (line) => zstd.zstdCompressSync(line, { params });
  }
  const message =
    'this version of Node.js lacks zstd: record to a name that ends with .gz, or use Node.js 22.15 or newer';
  throw fileError(path, message, 'read-error');
}
