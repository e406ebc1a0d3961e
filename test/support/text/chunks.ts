import type { WindowOptions } from '../../../src/proc/maps/window.ts';
import type { ByteSource } from '../../../src/proc/source/byte-source.ts';

/**
 * The sizes of the pieces in which parser tests read: single bytes, an odd size, a small one, a
 * page.
 */
export const CHUNK_SIZES = [1, 7, 64, 4096] as const;

/** A window of the size of a chunk, so that its edge is wherever a chunk ends. */
export function tightWindow(chunkBytes: number): WindowOptions {
  return { capacity: chunkBytes, batch: chunkBytes };
}

/** A source that hands out `bytes` (a string: latin1), at most `chunkBytes` of them a read. */
export function chunks(bytes: Buffer | string, chunkBytes: number): ByteSource {
  const all = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  let at = 0;
  return {
    path: '/proc/1/smaps',
    read(into, offset, length) {
      const piece = all.subarray(at, at + Math.min(length, chunkBytes));
      into.set(piece, offset);
      at += piece.length;
      return piece.length;
    },
    close() {
      at = all.length;
    },
  };
}
