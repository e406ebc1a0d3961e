import type { NumberColumn } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { ProcessHead } from '../model/process.ts';

/** The smaps fields that a report shows: none means that maps is enough. */
export type ReportFields = 'all' | readonly string[];

/** Sums by column, as `aggregate/totals` makes them. */
export interface Sums {
  sum(column: NumberColumn): number;
}

/** One process as a report is given it. */
export interface ReportSubject {
  readonly head: ProcessHead;
  readonly names: NameRule;
  readonly vocabulary: FieldVocabulary;
}

/** A report about mappings: heading, a row per mapping, footer. */
export interface MapReport {
  readonly fields: ReportFields;
  /** The columns whose totals `end` needs. */
  readonly totals: readonly NumberColumn[];
  /** What stands above everything else of a process, also where its mappings cannot be read. */
  title(head: ProcessHead): void;
  begin(subject: ReportSubject): void;
  row(mapping: Mapping): void;
  end(sums: Sums): void;
}
