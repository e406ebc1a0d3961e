import { fileError } from '../../model/file-error.ts';
import type { Compression } from './decompress.ts';
import { gzipMember } from './gzip-members.ts';
import { zstdOfNode } from './zstd.ts';

/** Makes a line what stands in the file. */
export type Pack = (line: Uint8Array) => Uint8Array;

/** How a file of this name is to be compressed. */
export function compressionByName(path: string): Compression {
  if (path.endsWith('.gz')) return 'gzip';
  return path.endsWith('.zst') ? 'zstd' : 'none';
}

/** Each line for itself, so that it is whole or absent. @throws ProblemError where Node lacks it. */
export function packing(path: string, compression: Compression): Pack {
  if (compression === 'none') return (line) => line;
  if (compression === 'gzip') return gzipMember;
  const zstd = zstdOfNode();
  if (zstd !== undefined) return (line) => zstd.zstdCompressSync(line);
  const message =
    'this version of Node.js lacks zstd: record to a name that ends with .gz, or use Node.js 22.15 or newer';
  throw fileError(path, message, 'read-error');
}
