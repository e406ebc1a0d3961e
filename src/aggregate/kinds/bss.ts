import type { LoadSegment } from '../../model/kind-evidence.ts';
import { sizeBytes } from '../../model/mapping.ts';
import { type Facts, isPrivate, isPrivateWritable, type LoadedFile } from './facts.ts';

/** A multiple of this is a page boundary on every machine, and program headers are no finer. */
const PAGE_BYTES = 4096;

/**
 * Whether program headers prove that the mapping is the bss of the last file before it, or a piece of
 * it: mprotect and madvise split it. The kernel merges a bss with anonymous memory that happens to follow:
 * then the larger part decides. A bss with a segment of its own need not touch the file's mappings.
 */
export function isBssByHeaders({ mapping, perms, lastFile: file, evidence }: Facts): boolean {
  if (file === undefined || !isPrivate(perms)) return false;
  const segments = evidence.segmentsOf?.(file);
  if (segments === undefined || segments.length === 0) return false;
  return bssBytes(mapping, file, segments) * 2 >= sizeBytes(mapping);
}

/**
 * Whether the mapping is likely a bss where program headers cannot be read: it follows a program or
 * library and is no larger.
 */
export function isBssBySize({ mapping, perms, previous: { file }, evidence }: Facts): boolean {
  if (file === undefined || !file.hasCode || !isPrivateWritable(perms)) return false;
  if (evidence.segmentsOf?.(file) !== undefined) return false;
  return sizeBytes(mapping) <= file.end - file.firstStart;
}

/** How many bytes of a mapping are bss of the file that was mapped before it. */
function bssBytes(
  { start, end }: { readonly start: number; readonly end: number },
  file: LoadedFile,
  segments: readonly LoadSegment[],
): number {
  // Code and data can share a page of the file: the mapping before the bss is of the later segment.
  const own = segments.findLast((segment) => contains(segment, file.offset));
  if (own === undefined) return 0;
  const loadBias = file.start - file.offset + own.offset - own.address;
  let bytes = 0;
  for (const { address, fileBytes, memoryBytes } of segments) {
    const from = bssStart(loadBias + address, fileBytes);
    // A file that is mapped as data, not loaded, has nothing where its segments end.
    if (fileBytes > 0 && from !== file.end) continue;
    const to = pageUp(loadBias + address + memoryBytes);
    bytes = Math.max(bytes, Math.min(to, end) - Math.max(from, start));
  }
  return bytes;
}

function contains({ offset, fileBytes }: LoadSegment, at: number): boolean {
  return at >= offset - (offset % PAGE_BYTES) && at < offset + fileBytes;
}

/** A segment without any bytes of the file begins with its bss. */
function bssStart(address: number, fileBytes: number): number {
  return fileBytes === 0 ? address - (address % PAGE_BYTES) : pageUp(address + fileBytes);
}

function pageUp(address: number): number {
  return Math.ceil(address / PAGE_BYTES) * PAGE_BYTES;
}
