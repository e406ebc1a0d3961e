import type { ByteString } from './byte-string.ts';
import type { Detail } from './detail.ts';
import type { ProcessHead } from './process.ts';
import type { Figures, PerFigure } from './watched.ts';

/** How steeply something rises, and how sure that is. */
export interface Slope {
  /** Units of the value per minute. */
  readonly perMinute: number;
  /**
   * Half of the 95 % interval around it, in the same unit: the true slope lies within, if the values
   * are a straight line and deviations that have nothing to do with each other. A margin that is
   * larger than the slope says that there may be none.
   */
  readonly margin: number;
}

/** How one figure of a process went, so far; sizes in bytes, undefined where the kernel never said. */
export interface Course {
  readonly last: number | undefined;
  /** Since the reading before; undefined at the first. */
  readonly change: number | undefined;
  /** From the first reading to the last one. */
  readonly growth: number | undefined;
  readonly peak: number | undefined;
  readonly mean: number | undefined;
  /** In bytes; undefined for fewer than three readings. */
  readonly slope: Slope | undefined;
  /** The most recent values, the oldest first. */
  readonly recent: readonly number[];
}

/** What the mappings of a process are grouped by to see what moves. */
export type MoverGrouping = Extract<Detail, 'kind' | 'mapping'>;

/** The memory of one kind, or of one file or label, and how it changed. */
export interface Mover {
  readonly label: ByteString;
  /** All 0 for what is gone. */
  readonly figures: Figures;
  /** Since the reading before; all undefined at the first. */
  readonly changes: Figures;
  /** Change of the resident bytes since the first reading. */
  readonly rssGrowth: number;
}

/** What there is to tell of a watched process at a moment. */
export interface WatchReading {
  readonly head: ProcessHead;
  /** In milliseconds since 1970. */
  readonly takenAtMs: number;
  readonly courses: PerFigure<Course>;
  /** Groups of its mappings, where these were read. */
  readonly movers: readonly Mover[] | undefined;
}

/** What there is to tell of a watched process in the end. */
export interface Ending {
  readonly head: ProcessHead;
  /** Whether it is gone; else the watch ended before it did. */
  readonly isGone: boolean;
  /** When that was noticed, in milliseconds since 1970. */
  readonly atMs: number;
  readonly readings: number;
  /** From the first reading to the last one. */
  readonly durationMs: number;
  readonly courses: PerFigure<Course>;
}
