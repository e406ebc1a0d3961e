import type { Detail } from './detail.ts';
import type { FieldVocabulary } from './fields.ts';
import type { Mapping } from './mapping.ts';
import type { ProcessHead } from './process.ts';

/** A sample without its rows. */
export interface SampleFrame {
  /** When the process was read, in milliseconds since 1970. */
  readonly takenAtMs: number;
  /** Pid and start time together identify the process. */
  readonly head: ProcessHead;
  /** The effective user id of the process; undefined if it is not known, as in a saved map. */
  readonly uid?: number | undefined;
  /**
   * Figures that the kernel keeps for the whole process, in bytes by the ids of their columns (see
   * columns/figures.ts); absent in a saved map and in old recordings.
   */
  readonly processFigures?: ReadonlyMap<string, number> | undefined;
  readonly detail: Detail;
  /** The fields of smaps that the reading met. */
  readonly vocabulary: FieldVocabulary;
  /**
   * The version of the rules that decided the kinds when the process was read (KIND_RULES_VERSION);
   * undefined if they were not decided then, as in a saved map and in old recordings.
   */
  readonly kindRules?: number | undefined;
  /** Whether a device holds System V segments rather than files (see proc/process/mountinfo.ts). */
  isSharedMemoryDevice(major: number, minor: number): boolean;
}

/**
 * A process at one time. With the detail `all`, rows are its mappings in the order of their
 * addresses; else they are groups of mappings (see aggregate/group.ts). The row of the detail
 * `total` comes from smaps_rollup, which has neither addresses nor the number of mappings.
 */
export interface Sample extends SampleFrame {
  readonly rows: readonly Mapping[];
}

/** Whether two readings are of the same process: pids are reused, with another start time. */
export function isSameProcess(a: ProcessHead, b: ProcessHead): boolean {
  return a.pid === b.pid && a.startTimeTicks === b.startTimeTicks;
}

/**
 * Whether a process still runs and has its memory. A zombie has none. A process loses its memory and
 * its command line shortly before it becomes a zombie; its totals are zero then, which must not be
 * reported as a decrease.
 */
export function isStillThere(before: ProcessHead, now: ProcessHead): boolean {
  if (!isSameProcess(before, now) || now.state === 'Z' || now.state === 'X') return false;
  return now.cmdline !== '' || before.cmdline === '';
}
