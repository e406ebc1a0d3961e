import type { ByteString } from '../byte-string.ts';
import type { Detail } from '../detail.ts';
import type { ProcessHead } from '../process.ts';
import type { Figures, PerFigure } from './watched.ts';

/** The rate at which a value rises, and how certain the rate is. */
export interface Slope {
  /** In units of the value per minute. */
  readonly perMinute: number;
  /**
   * Half of the 95 % confidence interval, in the same unit. It assumes that the values are a
   * straight line with independent deviations. If it is larger than the slope, there may be no
   * slope at all.
   */
  readonly margin: number;
}

/**
 * The course of one figure of a process so far, in bytes; undefined if the kernel never reported
 * it.
 */
export interface Course {
  readonly last: number | undefined;
  /** Change since the previous reading; undefined at the first. */
  readonly change: number | undefined;
  /** Change from the first reading to the last one. */
  readonly growth: number | undefined;
  readonly peak: number | undefined;
  readonly mean: number | undefined;
  /** Undefined for fewer than three readings. */
  readonly slope: Slope | undefined;
  /** The most recent values, oldest first. */
  readonly recent: readonly number[];
}

/** The ways to group the mappings of a process to see which memory changes. */
export type MoverGrouping = Extract<Detail, 'kind' | 'mapping'>;

/** The memory of one kind, or of one file or label, and how it changed. */
export interface Mover {
  readonly label: ByteString;
  /** All 0 if the group is gone. */
  readonly figures: Figures;
  /** Changes since the previous reading; all undefined at the first. */
  readonly changes: Figures;
  /** Change of the resident memory since the first reading, in bytes. */
  readonly rssGrowth: number;
}

/** What a watch reports about a process at one reading. */
export interface WatchReading {
  readonly head: ProcessHead;
  /** In milliseconds since 1970. */
  readonly takenAtMs: number;
  readonly courses: PerFigure<Course>;
  /** Groups of its mappings, if these were read. */
  readonly movers: readonly Mover[] | undefined;
}

/** What a watch reports about a process at the end. */
export interface Ending {
  readonly head: ProcessHead;
  /** Whether the process ended; else the watch ended first. */
  readonly isGone: boolean;
  /** When the end was noticed, in milliseconds since 1970. */
  readonly atMs: number;
  readonly readings: number;
  /** From the first reading to the last one. */
  readonly durationMs: number;
  readonly courses: PerFigure<Course>;
}
