import type { MachineValue } from '../../columns/machine.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';

/** Named values on one level, as a line of CSV can hold them; undefined ones are absent. */
export type FlatRecord = Readonly<Record<string, MachineValue>>;

/** Named values that may contain others; sizes are in bytes, undefined ones are absent. */
export interface NestedRecord {
  readonly [name: string]: MachineValue | NestedRecord | readonly NestedRecord[];
}

/**
 * A finished report in no format: what `summary`, `diff` and `check` hand over to be written. It
 * has the same content twice, nested and flat; a format calls for the one that it can hold.
 */
export interface RecordsDocument {
  /** Its name, e.g. `tsmap.check/1`; a change that breaks readers gives it another number. */
  readonly schema: string;
  /** When and where the report was made. */
  origin(): ReportOrigin;
  /** Everything in it, save origin and problems. */
  members(): NestedRecord;
  /** One record for each process, row or limit. */
  records(): readonly FlatRecord[];
  /** The members that a record may have, in order; empty where there can be no record. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/** Something that happened while a program watches, nested and flat as a document is. */
export interface RecordedEvent {
  record(): NestedRecord;
  /** The same as lines of values; none where they have no place for it. */
  rows(): readonly FlatRecord[];
}
