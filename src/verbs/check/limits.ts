import { findColumn } from '../../columns/catalogue.ts';
import type { NumberColumn } from '../../columns/column.ts';

/**
 * THE table of figures that can be limited, by the ids of their columns: the options of `tsmap
 * check`, what it reads and how it writes the figures all follow from it.
 */
export const LIMITED = ['rss', 'pss', 'uss', 'swap', 'size', 'mappings'] as const;

/** The id of a figure that can be limited. */
export type LimitedFigure = (typeof LIMITED)[number];

/** What is allowed of one figure: sizes in bytes. */
export interface Limit {
  readonly column: NumberColumn;
  /** Where it is its growth that is limited: the time over which it is measured. */
  readonly windowMs?: number | undefined;
  /** More than this is worth a warning. */
  readonly warn?: number | undefined;
  /** More than this is too much. */
  readonly max?: number | undefined;
}

/** How a figure stands to its limit. */
export type Level = 'ok' | 'warning' | 'exceeded';

/** One figure of a process, judged. */
export interface Verdict {
  readonly limit: Limit;
  /** The figure, or how much it grew: a size in bytes, negative where it shrank. */
  readonly value: number;
  /** Of a growth: the time over which it was measured, at most the limit's window. */
  readonly measuredMs?: number;
  readonly level: Level;
}

/** Figures of a process at one time, by the ids of their columns: sizes in bytes. */
export type LimitedFigures = ReadonlyMap<string, number>;

/** The column of a figure that can be limited. */
export function limitedColumn(id: LimitedFigure): NumberColumn {
  const column = findColumn(id);
  if (column?.kind !== 'number') throw new Error(`no column of numbers: ${id}`);
  return column;
}
