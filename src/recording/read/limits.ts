import { getHeapStatistics } from 'node:v8';
import { formatSize } from '../../model/units/size.ts';
import { TooLargeError } from './too-large.ts';

/** How much of a recording may be in memory at once. */
export interface ReadLimits {
  /** The longest line. */
  readonly line: Limit;
  /** The most of a line that is not rows: the command line, for example. */
  readonly head: Limit;
  /** All lines of one moment. */
  readonly moment: Limit;
  /** The decoded rows that are kept in memory at the same time. */
  readonly rows: Limit;
}

/** A limit that is checked. */
export interface Limit {
  readonly bytes: number;
  /** What to do about something that is beyond it. */
  readonly advice: string;
}

/** Twice the line of a process with a million mappings. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;
const MIB = 1024 * 1024;
/** What the limit of the heap includes for young objects: 48 MiB in Node 20 and 22, more in 24. */
const YOUNG_BYTES = 192 * MIB;

/**
 * The limits for a heap of this size, by default that of the running Node, so that no recording
 * makes Node give up.
 *
 * Measured with Node 20, 22 and 24: JSON.parse takes up to 30 times the size of a text (brackets in
 * brackets), so a head has at most a 64th of the heap. Rows are parsed bit by bit. Those that are
 * kept have at most a quarter, because a comparison keeps two samples.
 */
export function readLimits(heapBytes = getHeapStatistics().heap_size_limit): ReadLimits {
  const oldBytes = Math.max(heapBytes - YOUNG_BYTES, heapBytes / 4);
  const lineBytes = Math.min(MAX_LINE_BYTES, Math.floor(oldBytes / 8));
  const moreMib = Math.ceil((heapBytes * 2) / MIB);
  const moreHeap = `give Node more memory with NODE_OPTIONS=--max-old-space-size=${moreMib}`;
  const isLongest = lineBytes === MAX_LINE_BYTES;
  const advice = (ofLongest: string) => (isLongest ? ofLongest : moreHeap);
  const less = advice('record less of it with --by');
  return {
    line: { bytes: lineBytes, advice: less },
    head: { bytes: Math.floor(lineBytes / 8), advice: less },
    moment: { bytes: lineBytes * 4, advice: advice('record fewer processes in one file') },
    rows: { bytes: Math.floor(oldBytes / 4), advice: moreHeap },
  };
}

/** The error that something has more than a limit; `what` ends before "more than". */
export function beyond(what: string, { bytes, advice }: Limit): TooLargeError {
  return new TooLargeError(`${what} more than ${formatSize(bytes)}, the limit: ${advice}`);
}

/** Checks that `bytes` are within a limit; `what` has them. @throws TooLargeError. */
export function checkLimit(what: string, bytes: number, limit: Limit): void {
  if (bytes > limit.bytes) throw beyond(what, limit);
}
