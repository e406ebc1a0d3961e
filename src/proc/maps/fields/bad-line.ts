/** A line that is damaged. */
export interface BadLine {
  readonly at: number;
  /** Its number within the record. */
  readonly line: number;
  /** What it should have been. */
  readonly expected: string;
}

/** The syntax of a field's line, for messages. */
export const FIELD_SYNTAX = "'Key: value' or the first line of a mapping";
/** What a key should be, for messages. */
export const ONCE = 'a key that this record does not have yet';
