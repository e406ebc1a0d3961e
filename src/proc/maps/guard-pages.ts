import { closeSync, openSync, readSync } from 'node:fs';
import type { KindEvidence } from '../../model/kind-evidence.ts';
import { type ProcessPlace, placePath } from '../process/process-place.ts';
import { readPageSize } from '../system.ts';

/**
 * Bit 58 of an entry (Linux 6.15): the page is a guard, made by MADV_GUARD_INSTALL. Source:
 * Documentation/admin-guide/mm/pagemap.rst.
 */
const GUARD = 1n << 58n;
const ENTRY_BYTES = 8;
const CHUNK_ENTRIES = 8192;
/** 1 MiB of pagemap describes 512 MiB of memory in pages of 4 KiB. */
const MAX_BYTES = 1024 * 1024;

/**
 * Finds mappings with guard pages in `pagemap`. At most 1 MiB is read for all mappings of a process
 * together; the first entry of a mapping is read beyond that, since the guard of a stack is its lowest
 * page.
 */
export function guardPages(place: ProcessPlace): NonNullable<KindEvidence['hasGuardPages']> {
  let leftBytes = MAX_BYTES;
  let pageBytes: number | undefined;
  return ({ start, end }) => {
    pageBytes ??= readPageSize(place.root) ?? 4096;
    const first = start / pageBytes;
    const count = (end - start) / pageBytes;
    const asked = Math.min(count, Math.floor(leftBytes / ENTRY_BYTES));
    const { isFound, bytes } = search(place, first, Math.max(1, asked));
    leftBytes = Math.max(0, leftBytes - bytes);
    return isFound;
  };
}

function search(place: ProcessPlace, first: number, count: number) {
  let bytes = 0;
  let isFound = false;
  try {
    const fd = openSync(placePath(place, 'pagemap'), 'r');
    try {
      // One entry first: mostly it decides.
      for (let wanted = 1; bytes < count * ENTRY_BYTES && !isFound; wanted = CHUNK_ENTRIES) {
        const chunk = Buffer.alloc(Math.min(wanted * ENTRY_BYTES, count * ENTRY_BYTES - bytes));
        const got = readSync(fd, chunk, 0, chunk.length, first * ENTRY_BYTES + bytes);
        if (got === 0) break;
        bytes += got;
        isFound = hasGuard(chunk.subarray(0, got));
      }
    } finally {
      closeSync(fd);
    }
  } catch {
    // Without pagemap (another user's process, a saved tree), guards inside a mapping stay unknown.
  }
  return { isFound, bytes };
}

function hasGuard(entries: Buffer): boolean {
  for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
    if ((entries.readBigUInt64LE(at) & GUARD) !== 0n) return true;
  }
  return false;
}
