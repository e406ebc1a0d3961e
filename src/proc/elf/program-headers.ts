import type { LoadSegment } from '../../model/kind-evidence.ts';

const PT_LOAD = 1;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const BIG_ENDIAN = 2;

/** Where the fields are that differ between 32 and 64 bits. Source: elf(5). */
interface Layout {
  readonly wordBytes: 4 | 8;
  readonly headersAt: number;
  readonly entryBytesAt: number;
  readonly countAt: number;
  readonly minEntryBytes: number;
  readonly offset: number;
  readonly address: number;
  readonly fileBytes: number;
  readonly memoryBytes: number;
}

const LAYOUT_32: Layout = {
  wordBytes: 4,
  headersAt: 28,
  entryBytesAt: 42,
  countAt: 44,
  minEntryBytes: 32,
  offset: 4,
  address: 8,
  fileBytes: 16,
  memoryBytes: 20,
};

const LAYOUT_64: Layout = {
  wordBytes: 8,
  headersAt: 32,
  entryBytesAt: 54,
  countAt: 56,
  minEntryBytes: 56,
  offset: 8,
  address: 16,
  fileBytes: 32,
  memoryBytes: 40,
};

/** Reads at most `length` bytes of a file at `position`, which may be behind its end. */
export type ReadAt = (position: number, length: number) => Buffer;

/** Room for the ELF header, and how much is read of the program headers at most. */
const ELF_HEADER_BYTES = 64;
const MAX_HEADERS_BYTES = 63 * 1024;

/**
 * The loaded segments of a file; empty if it is no ELF file, undefined if it is one whose program headers
 * are not there, as after it was cut. Mostly they follow the ELF header, but tools that change a file
 * put them at its end.
 */
export function loadSegments(readAt: ReadAt): LoadSegment[] | undefined {
  const start = readAt(0, ELF_HEADER_BYTES);
  const { layout, isLittle } = formOf(start) ?? {};
  if (layout === undefined || isLittle === undefined) return [];
  const half = (at: number) => (isLittle ? start.readUInt16LE(at) : start.readUInt16BE(at));
  const entryBytes = half(layout.entryBytesAt);
  const count = half(layout.countAt);
  const first = wordAt(start, layout.headersAt, layout.wordBytes, isLittle);
  if (entryBytes < layout.minEntryBytes || !Number.isSafeInteger(first)) return [];
  const file = readAt(first, Math.min(count * entryBytes, MAX_HEADERS_BYTES));
  if (file.length < count * entryBytes) return undefined;
  const word = (at: number) => wordAt(file, at, layout.wordBytes, isLittle);
  const segments: LoadSegment[] = [];
  for (let at = 0; at + layout.minEntryBytes <= file.length; at += entryBytes) {
    const type = isLittle ? file.readUInt32LE(at) : file.readUInt32BE(at);
    if (type !== PT_LOAD) continue;
    segments.push({
      offset: word(at + layout.offset),
      address: word(at + layout.address),
      fileBytes: word(at + layout.fileBytes),
      memoryBytes: word(at + layout.memoryBytes),
    });
  }
  return segments;
}

function formOf(file: Buffer): { layout: Layout; isLittle: boolean } | undefined {
  if (file.length < 64 || file.toString('latin1', 0, 4) !== '\x7fELF') return undefined;
  const order = file[5];
  if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) return undefined;
  const layout = file[4] === CLASS_64 ? LAYOUT_64 : LAYOUT_32;
  return { layout, isLittle: order === LITTLE_ENDIAN };
}

/** Exact for all that a file can have: numbers beyond 2^53 bytes are no sizes of real files. */
function wordAt(file: Buffer, at: number, bytes: 4 | 8, isLittle: boolean): number {
  if (bytes === 4) return isLittle ? file.readUInt32LE(at) : file.readUInt32BE(at);
  return Number(isLittle ? file.readBigUInt64LE(at) : file.readBigUInt64BE(at));
}
