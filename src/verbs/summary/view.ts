import type { SortKey } from '../../aggregate/sort.ts';
import type { NumberColumn } from '../../columns/column.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';

/** What one process uses. */
export interface ProcessSummary {
  readonly head: ProcessHead;
  /** The name of the user it runs as; undefined for a saved file. */
  readonly user: string | undefined;
  /** The sum of a column in the column's own unit; undefined where the kernel did not say. */
  totals(column: NumberColumn): number | undefined;
  /** Its mappings grouped by kind, by owner and by permissions; empty where that was not asked for. */
  readonly kinds: readonly Mapping[];
  readonly owners: readonly Mapping[];
  readonly modes: readonly Mapping[];
}

/** What a summary shows. */
export interface SummaryView {
  /** Columns of the tables, sums of which are shown. */
  readonly columns: readonly NumberColumn[];
  /** Whether each figure is explained. */
  readonly explain: boolean;
  /** The figures alone, without kinds and mappings. */
  readonly figuresOnly: boolean;
  /** The one grouping that is wanted instead of figures, kinds and largest mappings. */
  readonly groupBy: Grouping | undefined;
  /** How many of the largest mappings, or of the processes, are shown. */
  readonly top: number | undefined;
  /** What groups and processes are sorted by. */
  readonly sort: readonly SortKey<NumberColumn>[];
  /** The most mappings that the kernel allows a process. */
  readonly maxMapCount: number | undefined;
}
