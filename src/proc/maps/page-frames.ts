import { closeSync, openSync, readSync } from 'node:fs';
import { type ProcessPlace, placePath } from '../process/process-place.ts';
import { openSource } from '../source/byte-source.ts';
import { readPageSize } from '../system.ts';
import { MapsReader } from './maps-reader.ts';

/** Entries of 8 bytes; enough for the stack and 32 MiB. */
const MAX_ENTRIES = 8192;
const ENTRY_BYTES = 8;
/** Bit 63: the page is present; bits 0 to 54: its frame. Source: Documentation/admin-guide/mm/pagemap.rst. */
const PRESENT = 1n << 63n;
const FRAME = (1n << 55n) - 1n;

/** A range of anonymous memory that is private and writable. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The page frames of a process's private writable memory as a text to be compared, the stack first.
 * Undefined if the kernel does not show them: only a process with CAP_SYS_ADMIN sees frames.
 */
export function readPageFrames(place: ProcessPlace): string | undefined {
  try {
    const fd = openSync(placePath(place, 'pagemap'), 'r');
    try {
      return framesIn(fd, rangesOf(place), readPageSize(place.root) ?? 4096);
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

function framesIn(fd: number, ranges: readonly Range[], pageBytes: number): string | undefined {
  const frames: bigint[] = [];
  for (const { start, end } of ranges) {
    const left = MAX_ENTRIES - frames.length;
    const count = Math.min(left, (end - start) / pageBytes);
    const bytes = Buffer.alloc(count * ENTRY_BYTES);
    const got = readSync(fd, bytes, 0, bytes.length, (start / pageBytes) * ENTRY_BYTES);
    for (let at = 0; at + ENTRY_BYTES <= got; at += ENTRY_BYTES) {
      const entry = bytes.readBigUInt64LE(at);
      frames.push((entry & PRESENT) === 0n ? 0n : entry & FRAME);
    }
  }
  return frames.some((frame) => frame !== 0n) ? frames.join(' ') : undefined;
}

function rangesOf(place: ProcessPlace): Range[] {
  const reader = new MapsReader(openSource(placePath(place, 'maps')));
  const ranges: (Range & { readonly isStack: boolean })[] = [];
  try {
    for (let row = reader.next(); row !== undefined; row = reader.next()) {
      const { start, end, perms, name } = row;
      if (perms.startsWith('rw') && perms.endsWith('p')) {
        ranges.push({ start, end, isStack: name === '[stack]' });
      }
    }
  } finally {
    reader.close();
  }
  return ranges.sort((a, b) => Number(b.isStack) - Number(a.isStack));
}
