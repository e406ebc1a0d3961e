import type { NumberColumn } from '../../columns/column.ts';
import type { Change, Difference } from '../../model/difference.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { ProcessHead } from '../../model/process.ts';

/** What a row of a comparison is: a mapping at its address, a group of them, or all as one. */
export type ComparedBy = 'address' | Grouping | 'total';

/** What one side of a comparison is. */
export interface ComparedSide {
  /** Its pid is 0 where it is not known, as in a saved map. */
  readonly head: ProcessHead;
  /** What the user called it: a process id, a file. */
  readonly source: string;
  /** Of a recording: the moment's number. */
  readonly moment: number | undefined;
  /** Milliseconds since 1970; undefined where it is not known. */
  readonly takenAtMs: number | undefined;
}

/** A process compared with what it was, or with another. */
export interface Comparison {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly by: ComparedBy;
  readonly columns: readonly NumberColumn[];
  /** Those to show, in order. */
  readonly rows: readonly Difference[];
  /** Those that would come next, and what they come to, by column. */
  readonly more: { readonly count: number; readonly changes: readonly Change[] };
  /** How many rows there are in which none of the columns changed. */
  readonly unchanged: number;
  /** Sums over all rows, shown or not, by column: before + change = after. */
  readonly totals: readonly Change[];
  /**
   * The largest growth of a row, in the column that growth is counted in; 0 where none grew. Whether
   * all rows could be asked: not where a side does not say what they have of it.
   */
  readonly growth: {
    readonly column: NumberColumn;
    readonly largest: number;
    readonly isKnown: boolean;
  };
}

/** Whether both sides are known to be different processes. */
export function areOthers({ before, after }: Comparison): boolean {
  const [left, right] = [before.head, after.head];
  if (left.pid === 0 || right.pid === 0) return false;
  return left.pid !== right.pid || left.startTimeTicks !== right.startTimeTicks;
}

/** The side that says who the process is: the later one, unless it is a saved map. */
export function knownSide({ before, after }: Comparison): ComparedSide {
  return after.head.pid === 0 ? before : after;
}
