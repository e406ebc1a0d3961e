import type { ByteString } from './byte-string.ts';
import type { Mapping } from './mapping.ts';

/** A row of one side of a comparison: a mapping with its kind, or a group of them. */
export interface Part {
  readonly mapping: Mapping;
  /** The file or label that it belongs to (see aggregate/kinds); empty for a kind and a mode. */
  readonly owner: ByteString;
}

/** What was there before and what it has become; one of the two may be missing, not both. */
export interface Pair {
  readonly before: Part | undefined;
  readonly after: Part | undefined;
}

/** A number before and after, in its column's own unit; undefined where it is not known. */
export interface Change {
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly change: number | undefined;
}

/** What became of a row, as a closed list. */
export const STATUSES = [
  'appeared',
  'went',
  'grew',
  'shrank',
  'moved',
  'changed',
  'unchanged',
] as const;

/** What became of a row; `changed` is one with other permissions, or with a number now unknown. */
export type Status = (typeof STATUSES)[number];

/** A row of a comparison. */
export interface Difference {
  readonly pair: Pair;
  /** In the order of the columns. */
  readonly changes: readonly Change[];
  /** Grown or shrunk by the first of the columns that changed. */
  readonly status: Status;
}

/** The side of a pair that there is; what it is now where there are both. */
export function shownPart({ before, after }: Pair): Part {
  const part = after ?? before;
  if (part === undefined) throw new Error('a pair has no side');
  return part;
}

/** The change from one number to the next; unknown where one of them is. */
export function changeFrom(before: number | undefined, after: number | undefined): Change {
  const isKnown = before !== undefined && after !== undefined;
  return { before, after, change: isKnown ? after - before : undefined };
}

/** Whether a number is known to have changed. */
export function isChanged({ change }: Change): boolean {
  return change !== undefined && change !== 0;
}
