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
 * Finds mappings with guard pages in `pagemap`, which is opened once. At most 1 MiB is read for all
 * mappings of a process together; the first entry of a mapping is read beyond that, since the guard of a
 * stack is its lowest page.
 *
 * Without pagemap (another user's process, a saved tree), guards inside a mapping stay unknown.
 */
export class GuardPages {
  readonly #place: ProcessPlace;
  /** Undefined until it is opened, -1 if it cannot be read. */
  #fd: number | undefined;
  #pageBytes: number | undefined;
  #leftBytes = MAX_BYTES;

  constructor(place: ProcessPlace) {
    this.#place = place;
  }

  /** Whether a mapping has a guard page inside. */
  has({ start, end }: Parameters<NonNullable<KindEvidence['hasGuardPages']>>[0]): boolean {
    this.#fd ??= openIfReadable(placePath(this.#place, 'pagemap'));
    if (this.#fd < 0) return false;
    this.#pageBytes ??= readPageSize(this.#place.root) ?? 4096;
    const count = (end - start) / this.#pageBytes;
    const asked = Math.min(count, Math.floor(this.#leftBytes / ENTRY_BYTES));
    const { isFound, bytes } = search(this.#fd, start / this.#pageBytes, Math.max(1, asked));
    this.#leftBytes = Math.max(0, this.#leftBytes - bytes);
    return isFound;
  }

  /** Closes the file. Safe to call twice. */
  close(): void {
    if (this.#fd !== undefined && this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
  }
}

function openIfReadable(path: string): number {
  try {
    return openSync(path, 'r');
  } catch {
    return -1;
  }
}

function search(fd: number, first: number, count: number) {
  let bytes = 0;
  let isFound = false;
  try {
    // One entry first: mostly it decides.
    for (let wanted = 1; bytes < count * ENTRY_BYTES && !isFound; wanted = CHUNK_ENTRIES) {
      const chunk = Buffer.alloc(Math.min(wanted * ENTRY_BYTES, count * ENTRY_BYTES - bytes));
      const got = readSync(fd, chunk, 0, chunk.length, first * ENTRY_BYTES + bytes);
      if (got === 0) break;
      bytes += got;
      isFound = hasGuard(chunk.subarray(0, got));
    }
  } catch {
    // The process may have ended.
  }
  return { isFound, bytes };
}

function hasGuard(entries: Buffer): boolean {
  for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
    if ((entries.readBigUInt64LE(at) & GUARD) !== 0n) return true;
  }
  return false;
}
