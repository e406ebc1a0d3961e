import type { SortKey } from '../../aggregate/sort.ts';
import type { NumberColumn } from '../../columns/column.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { ProcessPlace } from '../../proc/process/process-place.ts';

/** The memory of one process, added up. */
export interface ProcessSummary {
  readonly head: ProcessHead;
  /** The name of the user it runs as; undefined for a saved file. */
  readonly user: string | undefined;
  /** Where the files of a live process are. */
  readonly place?: ProcessPlace | undefined;
  /** The process that has the same address space, if totals count that one alone. */
  readonly addressSpaceOf?: number | undefined;
  /** The sum of a column in the column's own unit; undefined if the kernel did not report it. */
  totals(column: NumberColumn): number | undefined;
  /** Its mappings grouped by kind. This list and the next two are empty unless requested. */
  readonly kinds: readonly Mapping[];
  /** Its mappings grouped by the file or label that they belong to. */
  readonly owners: readonly Mapping[];
  /** Its mappings grouped by permissions. */
  readonly modes: readonly Mapping[];
}

/** How to show summaries. */
export interface SummaryView {
  /** Whether a single process was asked for, which is shown in detail. */
  readonly isOne: boolean;
  /** The figures of machine formats, and of a process of which nothing but totals is shown. */
  readonly figures: readonly NumberColumn[];
  /** Whether the user chose the columns. */
  readonly hasChosenColumns: boolean;
  /** Whether the user chose an order; machine formats keep the order of the processes otherwise. */
  readonly isSorted: boolean;
  /** Whether to show only the totals over all processes. */
  readonly totalOnly: boolean;
  /** The columns of tables; each shows sums. */
  readonly columns: readonly NumberColumn[];
  /** Whether to explain each figure. */
  readonly explain: boolean;
  /** Whether to show only figures, without kinds and mappings. */
  readonly figuresOnly: boolean;
  /** The only grouping to show, instead of figures, kinds and largest mappings. */
  readonly groupBy: Grouping | undefined;
  /** The largest number of mappings, or of processes, to show. */
  readonly top: number | undefined;
  /** Sort keys of groups and processes. */
  readonly sort: readonly SortKey<NumberColumn>[];
  /** The largest number of mappings that the kernel allows a process, if known. */
  readonly maxMapCount: number | undefined;
}
