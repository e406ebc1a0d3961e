import type { Mapping } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import type {
  Course,
  Ending,
  Mover,
  MoverGrouping,
  WatchReading,
} from '../../model/watch/watch-reading.ts';
import { type Figures, type PerFigure, perFigure } from '../../model/watch/watched.ts';
import { CourseKeeper } from './course.ts';
import { MoverFinder } from './movers.ts';

/** The mappings of a process in groups. */
export interface GroupedRows {
  readonly by: MoverGrouping;
  readonly rows: readonly Mapping[];
}

/** One reading of a watched process. */
export interface Reading {
  readonly head: ProcessHead;
  /** In milliseconds since 1970. */
  readonly takenAtMs: number;
  /** The figures of the process. */
  readonly figures: Figures;
  /** Groups to find movers in; without them there are no movers. */
  readonly groups?: GroupedRows | undefined;
}

/** The history of one watched process, in memory that does not grow with time. */
export class History {
  readonly #keepers: PerFigure<CourseKeeper>;
  #movers: MoverFinder | undefined;
  #head: ProcessHead | undefined;
  #readings = 0;
  #firstMs = 0;
  #lastMs = 0;

  /** `recent` is the number of most recent values to keep of each figure. */
  constructor(recent: number) {
    this.#keepers = perFigure(() => new CourseKeeper(recent));
  }

  /** Adds a reading. `atMs` is from a clock that never goes back. */
  add({ head, takenAtMs, figures, groups }: Reading, atMs: number): WatchReading {
    if (this.#readings === 0) this.#firstMs = atMs;
    this.#readings++;
    this.#lastMs = atMs;
    this.#head = head;
    perFigure((id) => this.#keepers[id].add(atMs, figures[id]));
    return { head, takenAtMs, courses: this.#courses(), movers: this.#moversOf(groups) };
  }

  /** How the process ended; undefined if it was never read. */
  ending(isGone: boolean, atMs: number): Ending | undefined {
    const head = this.#head;
    if (head === undefined) return undefined;
    const durationMs = this.#lastMs - this.#firstMs;
    const courses = this.#courses();
    return { head, isGone, atMs, readings: this.#readings, durationMs, courses };
  }

  #courses(): PerFigure<Course> {
    return perFigure((id) => this.#keepers[id].course);
  }

  /** After a change of the grouping, groups cannot be compared: the search for movers starts again. */
  #moversOf(groups: GroupedRows | undefined): Mover[] | undefined {
    if (groups === undefined) {
      this.#movers = undefined;
      return undefined;
    }
    if (this.#movers?.by !== groups.by) this.#movers = new MoverFinder(groups.by);
    return this.#movers.add(groups.rows);
  }
}
