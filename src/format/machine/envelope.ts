import type { Problem } from '../../model/errors/problem.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';
import type { NestedRecord } from './document.ts';

/** The members that begin every document. */
export function envelopeMembers(
  schema: string,
  { takenAt, host, kernel }: ReportOrigin,
): NestedRecord {
  return { schema, taken_at: takenAt, host, kernel };
}

/** A problem as an element of a document's list `problems`. */
export function problemMembers({ pid, code, message }: Problem): NestedRecord {
  return { pid, code, message };
}
