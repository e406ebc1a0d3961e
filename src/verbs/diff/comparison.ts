import type { Filter } from '../../aggregate/filter/compile.ts';
import type { SortKey } from '../../aggregate/sort.ts';
import type { NumberColumn } from '../../columns/column.ts';
import type { Change, Difference } from '../../model/difference.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { ProcessHead } from '../../model/process.ts';

/** What to compare and what to show; the same for all processes of a run. */
export interface DiffRequest {
  /** Columns that can be added up, one or more. */
  readonly columns: readonly NumberColumn[];
  /** Sort keys of rows; if empty, the largest change in the first column comes first. */
  readonly sort: readonly SortKey[];
  /** Selects mappings; undefined selects all. */
  readonly filter: Filter | undefined;
  readonly groupBy: Grouping | undefined;
  /** Whether the rows depend on the kinds of mappings. */
  readonly needsKinds: boolean;
  /** Whether no field of smaps and no kind is shown, so that maps is enough. */
  readonly isMapsEnough: boolean;
  /** The largest number of rows to show. */
  readonly top: number | undefined;
  /** Whether to show also rows in which nothing changed. */
  readonly unchanged: boolean;
}

/** What a row of a comparison is: a mapping at an address, a group of mappings, or all mappings. */
export type RowUnit = 'address' | Grouping | 'total';

/** One side of a comparison: a process at one time, and where it was read from. */
export interface ComparedSide {
  /** Its pid is 0 if the process is not known, as for a saved map. */
  readonly head: ProcessHead;
  /** The operand of the command line: a process id or a file. */
  readonly source: string;
  /** The number of the moment in a recording. */
  readonly moment: number | undefined;
  /** Milliseconds since 1970; undefined if not known. */
  readonly takenAtMs: number | undefined;
}

/** A process compared with an earlier sample of itself, or with another process. */
export interface Comparison {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly by: RowUnit;
  readonly columns: readonly NumberColumn[];
  /** The rows to show, in order. */
  readonly rows: readonly Difference[];
  /** The rows beyond `top`: how many there are, and the sums of their changes by column. */
  readonly more: { readonly count: number; readonly changes: readonly Change[] };
  /** The number of rows in which no column changed. */
  readonly unchanged: number;
  /** Sums over all rows, shown or not, by column: before + change = after. */
  readonly totals: readonly Change[];
  readonly growth: {
    /** The column in which growth is measured. */
    readonly column: NumberColumn;
    /** The largest growth of a row, in the column's own unit; 0 if no row grew. */
    readonly largest: number;
    /** Whether the growth of every row is known; false if a side lacks the column. */
    readonly isKnown: boolean;
  };
}

/** Whether both sides are known to be different processes. */
export function areDifferentProcesses({ before, after }: Comparison): boolean {
  const [left, right] = [before.head, after.head];
  if (left.pid === 0 || right.pid === 0) return false;
  return left.pid !== right.pid || left.startTimeTicks !== right.startTimeTicks;
}

/** The side that identifies the process: the later one, unless that is a saved map. */
export function knownSide({ before, after }: Comparison): ComparedSide {
  return after.head.pid === 0 ? before : after;
}
