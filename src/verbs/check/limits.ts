import type { NumberColumn } from '../../columns/column.ts';
import { figureWithId } from '../../columns/figures.ts';

/**
 * The figures that a check can limit, by the ids of their columns. To add one, add an entry: options,
 * reading, messages and records follow from this list.
 */
export const LIMITED = [
  'rss',
  'pss',
  'uss',
  'swap',
  'size',
  'mappings',
  'peak',
  'peak_size',
  'rss_anon',
  'rss_file',
  'rss_shmem',
  'page_tables',
  'lazy_free',
  'hugetlb',
] as const;

/** The id of a figure that a check can limit. */
export type LimitedFigure = (typeof LIMITED)[number];

/** The limits of a figure, or of its growth; sizes in bytes. */
export interface Limit {
  readonly column: NumberColumn;
  /** Set if growth is limited: the time over which it is measured. */
  readonly windowMs?: number | undefined;
  /** A larger value is a warning. */
  readonly warn?: number | undefined;
  /** A larger value exceeds the limit. */
  readonly max?: number | undefined;
}

/** The result of comparing a figure with its limits. */
export type Level = 'ok' | 'warning' | 'exceeded';

/** A figure of a process, compared with its limits. */
export interface Verdict {
  readonly limit: Limit;
  /** The figure, or its growth: sizes in bytes, negative if it shrank. */
  readonly value: number;
  /** Set for growth: the time over which it was measured, at most the limit's window. */
  readonly measuredMs?: number;
  readonly level: Level;
}

/** Figures of a process at one time, by the ids of their columns: sizes in bytes. */
export type LimitedFigures = ReadonlyMap<string, number>;

/** The column of a figure that a check can limit. */
export function limitedColumn(id: LimitedFigure): NumberColumn {
  return figureWithId(id).column;
}
