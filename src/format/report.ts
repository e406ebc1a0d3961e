import type { NumberColumn } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { Problem } from '../model/errors/problem.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { ProcessHead } from '../model/process.ts';
import type { ReportOrigin } from '../model/report-origin.ts';

/**
 * The smaps fields that a report shows; none if maps is enough. `available`: all, but a report about a
 * saved maps is made without them.
 */
export type ReportFields = 'all' | 'available' | readonly string[];

/** All fields of the kernel except these. */
export interface AllFieldsBut {
  readonly except: readonly string[];
}

/** Sums of columns over mappings (see aggregate/totals.ts). */
export interface ColumnSums {
  /** The sum in the column's own unit; 0 if no mapping had a value. */
  sum(column: NumberColumn): number;
  /** The same, but undefined if no mapping had a value: absent is not zero. */
  known(column: NumberColumn): number | undefined;
}

/** The process that a report is about. */
export interface ReportSubject {
  readonly head: ProcessHead;
  readonly names: NameRule;
  readonly vocabulary: FieldVocabulary;
}

/**
 * A report about mappings. The calls for each process are `title`, `begin`, `row` for each mapping,
 * and `end`. If the process cannot be read to the end, its output is rolled back, or `abandon` is
 * called.
 */
export interface MapReport {
  readonly fields: ReportFields | AllFieldsBut;
  /** Set if the report shows only totals, so that a smaps_rollup is enough. */
  readonly showsOnlyTotals?: boolean;
  /** Set if the report shows 0 where the kernel printed no such field, as pmap does. */
  readonly showsAbsentAsZero?: boolean;
  /** The columns whose sums `end` needs. */
  readonly totals: readonly NumberColumn[];
  /** Called before all processes. */
  open?(origin: ReportOrigin): void;
  /** Begins the output of a process, even if its mappings cannot be read. */
  title(head: ProcessHead): void;
  begin(subject: ReportSubject): void;
  row(mapping: Mapping): void;
  end(sums: ColumnSums): void | Promise<void>;
  /** Called instead of `end` if the process ended after part of it was written. */
  abandon?(): void;
  /** Called after all processes, with all problems. */
  close?(problems: readonly Problem[]): void | Promise<void>;
}
