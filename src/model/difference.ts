import type { ByteString } from './byte-string.ts';
import type { Mapping } from './mapping.ts';

/** A row of one side of a comparison: a mapping with its kind, or a group of mappings. */
export interface Part {
  readonly mapping: Mapping;
  /** The file or label that it belongs to; empty for a group by kind or by permissions. */
  readonly owner: ByteString;
}

/** A row before and after; one of the two may be missing, but not both. */
export interface Pair {
  readonly before: Part | undefined;
  readonly after: Part | undefined;
}

/** A number before and after, in the column's own unit; undefined if it is not known. */
export interface Change {
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly change: number | undefined;
}

/** What can have happened to a row. */
export const STATUSES = [
  'appeared',
  'went',
  'grew',
  'shrank',
  'moved',
  'changed',
  'unchanged',
] as const;

/** How a row changed; `changed`: its permissions differ, or a number is known on one side only. */
export type Status = (typeof STATUSES)[number];

/** A row of a comparison. */
export interface Difference {
  readonly pair: Pair;
  /** One per column, in the order of the columns. */
  readonly changes: readonly Change[];
  /** The first column that changed decides between `grew` and `shrank`. */
  readonly status: Status;
}

/** The later side of a pair; the earlier side if the later one is missing. */
export function shownPart({ before, after }: Pair): Part {
  const part = after ?? before;
  if (part === undefined) throw new Error('a pair has no side');
  return part;
}

/** The change from one number to another; unknown if either is. */
export function changeFrom(before: number | undefined, after: number | undefined): Change {
  const isKnown = before !== undefined && after !== undefined;
  return { before, after, change: isKnown ? after - before : undefined };
}

/** Whether a number is known to have changed. */
export function isChanged({ change }: Change): boolean {
  return change !== undefined && change !== 0;
}
