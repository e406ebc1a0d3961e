import type { Detail } from './detail.ts';
import type { FieldVocabulary } from './fields.ts';
import type { Mapping } from './mapping.ts';
import type { ProcessHead } from './process.ts';

/** What is known of a sample without its rows. */
export interface SampleFrame {
  /** When it was read, in milliseconds since 1970. */
  readonly takenAtMs: number;
  /** Who was read; pid and start time together are the process's identity. */
  readonly head: ProcessHead;
  readonly detail: Detail;
  /** The fields of smaps by slot, as this reading met them. */
  readonly vocabulary: FieldVocabulary;
  /** Tells System V segments from other files without a block device; see proc/mountinfo. */
  isSharedMemoryDevice(major: number, minor: number): boolean;
}

/**
 * A process at a moment. With the detail `all` rows are the process's mappings in the order of their
 * addresses, with others they are groups of them (see aggregate/group). A row of the detail `total`
 * comes from smaps_rollup, which knows neither addresses nor the number of mappings.
 */
export interface Sample extends SampleFrame {
  readonly rows: readonly Mapping[];
}

/** Whether two readings are of the same process: a pid is used again, with another start time. */
export function isSameProcess(a: ProcessHead, b: ProcessHead): boolean {
  return a.pid === b.pid && a.startTimeTicks === b.startTimeTicks;
}

/**
 * Whether a process that was there before still is, with its memory. A zombie has none. One that is
 * about to become a zombie loses it a moment earlier, and its command line with it: its totals read
 * as zero then, which would be taken for a fall.
 */
export function isStillThere(before: ProcessHead, now: ProcessHead): boolean {
  if (!isSameProcess(before, now) || now.state === 'Z' || now.state === 'X') return false;
  return now.cmdline !== '' || before.cmdline === '';
}
