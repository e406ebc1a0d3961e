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
 * A finished report of `summary`, `diff` or `check`, not yet in any format. It offers the same content
 * twice, nested and flat; each format uses the one that it can represent.
 */
export interface RecordsDocument {
  /** The name of the schema, e.g. `tsmap.check/1`; incompatible changes increase the number. */
  readonly schema: string;
  /** When and where the report was made. */
  origin(): ReportOrigin;
  /** Everything in it, save origin and problems. */
  members(): NestedRecord;
  /** One record for each process, row or limit. */
  records(): readonly FlatRecord[];
  /** The members that a record may have, in order; empty if there can be no record. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/** Something that happened during a watch; nested and flat, like a document. */
export interface RecordedEvent {
  record(): NestedRecord;
  /** The event as flat rows; empty if it cannot be represented as a row. */
  rows(): readonly FlatRecord[];
}
