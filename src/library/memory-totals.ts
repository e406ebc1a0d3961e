import { Totals } from '../aggregate/totals.ts';
import { numberColumn } from '../columns/catalogue.ts';
import { inKib, isSummable, type NumberColumn } from '../columns/column.ts';
import { kernelColumns } from '../columns/kernel-fields.ts';
import { columns } from '../columns/table.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';

/** Sums over the mappings of a process or of a group; undefined if the kernel has no such field. */
export interface MemoryTotals {
  /** The number of mappings; undefined for the kernel's own totals, which do not have it. */
  readonly mappingCount: number | undefined;
  /** Address space, whether or not memory is behind it; undefined for the kernel's own totals. */
  readonly sizeKib: number | undefined;
  /** Resident: pages in RAM, shared pages counted in full. */
  readonly rssKib: number | undefined;
  /** Proportional: resident pages, each divided by the number of processes that map it. */
  readonly pssKib: number | undefined;
  /** Private: resident pages that no other process maps. */
  readonly ussKib: number | undefined;
  /** Resident pages that other processes map as well. */
  readonly sharedKib: number | undefined;
  /** Resident pages that were written to. */
  readonly dirtyKib: number | undefined;
  /**
   * Memory that is swapped out. Since Linux 4.6 that includes shared memory (tmpfs, System V): all of it that
   * is swapped out, in each process that maps it. `fields.SwapPss` leaves it out.
   */
  readonly swapKib: number | undefined;
  /** The sums of all fields that can be added up, in KiB, by the kernel's names. */
  readonly fields: Readonly<Record<string, number>>;
}

/** The figures with names of their own, as in pmap and smem. */
export type MemoryFigure = Exclude<keyof MemoryTotals, 'fields' | 'mappingCount'>;

/** The column of each figure. */
export const FIGURE_COLUMNS: Readonly<Record<MemoryFigure, NumberColumn>> = {
  sizeKib: columns.size,
  rssKib: columns.rss,
  pssKib: columns.pss,
  ussKib: columns.uss,
  sharedKib: columns.shared,
  dirtyKib: columns.dirty,
  swapKib: numberColumn('swap'),
};

/**
 * Adds up mappings. `isRolledUp` is set for the kernel's own totals (smaps_rollup), which have neither
 * addresses nor a number of mappings.
 */
export function memoryTotals(
  mappings: Iterable<Mapping>,
  vocabulary: FieldVocabulary,
  isRolledUp = false,
): MemoryTotals {
  const fields = kernelColumns(vocabulary, () => true).filter(isSummable);
  // Two sets of sums: a field and a figure can have the same id, as Size in KiB and the size in bytes.
  const totals = new Totals([...Object.values(FIGURE_COLUMNS), columns.mappings]);
  const fieldTotals = new Totals(fields);
  for (const mapping of mappings) {
    totals.add(mapping);
    fieldTotals.add(mapping);
  }
  const kibOf = (column: NumberColumn) => {
    const sum = isRolledUp && column.fields.length === 0 ? undefined : totals.known(column);
    return sum === undefined ? undefined : inKib(column, sum);
  };
  const figures = Object.entries(FIGURE_COLUMNS).map(([name, column]) => [name, kibOf(column)]);
  return {
    ...(Object.fromEntries(figures) as Record<MemoryFigure, number | undefined>),
    mappingCount: isRolledUp ? undefined : totals.sum(columns.mappings),
    fields: Object.fromEntries(
      fields.flatMap((column) => {
        const sum = fieldTotals.known(column);
        return sum === undefined ? [] : [[column.title, sum]];
      }),
    ),
  };
}
