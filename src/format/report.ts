import type { NumberColumn } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Problem } from '../model/problem.ts';
import type { ProcessHead } from '../model/process.ts';

/** The smaps fields that a report shows: none means that maps is enough. */
export type ReportFields = 'all' | readonly string[];

/** All fields that the kernel has, but these. */
export interface AllFieldsBut {
  readonly except: readonly string[];
}

/** Sums by column, as `aggregate/totals` makes them. */
export interface Sums {
  sum(column: NumberColumn): number;
  /** The same, but undefined where no mapping had a value: absent is not zero. */
  known(column: NumberColumn): number | undefined;
}

/** What a report says about itself. */
export interface ReportOrigin {
  /** When it was taken, ISO 8601 in UTC. */
  readonly takenAt: string;
  /** The machine's name and its kernel's release; undefined where they are not known. */
  readonly host: string | undefined;
  readonly kernel: string | undefined;
}

/** One process as a report is given it. */
export interface ReportSubject {
  readonly head: ProcessHead;
  readonly names: NameRule;
  readonly vocabulary: FieldVocabulary;
}

/**
 * A report about mappings. For each process `title` comes first, then `begin`, the rows, and `end`;
 * where it cannot be read, what was written is taken back, or `abandon` ends it as it is.
 */
export interface MapReport {
  readonly fields: ReportFields | AllFieldsBut;
  /** The columns whose totals `end` needs. */
  readonly totals: readonly NumberColumn[];
  /** Whether mappings must be classified, so that they have a `kind`. */
  readonly needsKinds?: boolean;
  /** Comes before all processes. */
  open?(origin: ReportOrigin): void;
  /** What stands above everything else of a process, also where its mappings cannot be read. */
  title(head: ProcessHead): void;
  begin(subject: ReportSubject): void;
  row(mapping: Mapping): void;
  end(sums: Sums): void | Promise<void>;
  /** The process ended when part of it was already printed. */
  abandon?(): void;
  /** Comes behind all processes, with what went wrong. */
  close?(problems: readonly Problem[]): void | Promise<void>;
}
