import type { FieldValue, FieldVocabulary } from '../../../model/fields.ts';
import { BLANK, DIGIT_0, isDigit, lineEnd, startsWith } from '../../source/bytes.ts';
import { hasHeaderWithin, startsRecord } from '../header-line.ts';
import type { WantedFields } from '../mapping-reader.ts';
import { isBlankLine, isHeading } from '../saved-lines.ts';
import { type BadLine, FIELD_SYNTAX, ONCE } from './bad-line.ts';
import { type FieldKey, FieldKeys } from './field-key.ts';
import { flagsEnd, formOf, isForm, syntaxOf, textOf } from './field-value.ts';
import { KeySequence } from './key-sequence.ts';
import { RecordLayout } from './record-layout.ts';

/** Returned when the window ends before the record does. */
export const INCOMPLETE = -1;

/** This many records in a row must differ from a layout before another one is learned. */
const MISSES_BEFORE_LEARNING = 2;

/** The limit of 64 bits; larger numbers are reduced to it, as in pmap. */
const MAX_NUMBER = 2 ** 64;

const KIB_SUFFIX = Buffer.from(' kB\n');

/**
 * Parses the lines `Key:  12 kB` after a record's first line.
 *
 * The kernel prints the same keys in the same order and at the same positions for every mapping. So
 * the parser first tries what it saw last: the layout of the whole record, then the key that should come
 * next. Only then does it look the key up by name.
 */
export class FieldLines {
  /** Number of lines that the last `parse` consumed. */
  lines = 0;
  /** The last line has no newline: the file ends in it. */
  unterminated = false;
  /** Damaged lines of the last `parse`; not the last line of the file if that has no newline. */
  readonly bad: BadLine[] = [];
  readonly #vocabulary: FieldVocabulary;
  readonly #keys: FieldKeys;
  readonly #sequence = new KeySequence();
  readonly #isSaved: boolean;
  /**
   * Whether the rest of the record may belong to one whose first line is damaged or lost: it comes after a
   * line that is not a field, or a key that the record has already, and must not change its numbers.
   */
  #isOrphaned = false;
  /** Position and number of a blank line that no field has followed yet; only in saved texts. */
  #blank: { at: number; line: number } | undefined;
  #endsDamaged = false;
  #layout: RecordLayout | undefined;
  #usedLayout = false;
  #missed = MISSES_BEFORE_LEARNING - 1;
  #viewed: Buffer | undefined;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #eol = 0;

  constructor(vocabulary: FieldVocabulary, wanted: WantedFields, isSaved = false) {
    this.#vocabulary = vocabulary;
    this.#keys = new FieldKeys(vocabulary, wanted);
    this.#isSaved = isSaved;
  }

  /** Whether the record lacks the field that ends every record of this kernel. */
  get lacksEnd(): boolean {
    return this.#sequence.lacksEnd;
  }

  /** Whether the record is whole although the file ends without a newline. */
  get isWholeAtEnd(): boolean {
    return !this.#endsDamaged && this.#sequence.hasAllKeys;
  }

  /**
   * Parses from `at` up to the next record's first line and returns its position, or INCOMPLETE if
   * the window ends before it. `values` is cleared, then holds the wanted fields by slot.
   */
  parse(bytes: Buffer, at: number, end: number, atEof: boolean, values: FieldValue[]): number {
    let position = this.#readByLayout(bytes, at, end, values);
    while (position < end) {
      const record = startsRecord(bytes, position, end);
      if (record === 'unsure' && !atEof) return INCOMPLETE;
      if (record === 'yes') break;
      const expected = this.#line(bytes, position, values, atEof ? -1 : end);
      if (this.#eol === end && !atEof) return INCOMPLETE;
      if (expected !== undefined && this.#isSaved && isHeading(bytes, position)) break;
      this.unterminated = this.#eol === end;
      this.#note(bytes, position, expected);
      this.lines++;
      position = this.#eol + 1;
    }
    return position >= end && !atEof ? INCOMPLETE : position;
  }

  /** Accepts the record at `at` as complete: the next ones are compared with it. */
  commit(bytes: Buffer, at: number): void {
    const { diverged } = this.#sequence;
    this.#sequence.commit();
    if (!this.#usedLayout) this.#learnLayout(bytes, at, diverged);
  }

  /** A layout belongs to one sequence of keys; when that changes, the layout is learned again. */
  #learnLayout(bytes: Buffer, at: number, diverged: boolean): void {
    if (diverged || this.bad.length > 0 || this.unterminated) {
      this.#layout = undefined;
      this.#missed = MISSES_BEFORE_LEARNING - 1;
    } else if (++this.#missed >= MISSES_BEFORE_LEARNING) {
      this.#layout = RecordLayout.learn(bytes, at, this.#sequence.keys);
      this.#missed = 0;
    }
  }

  /** Notes a line that should have been `expected`; undefined if it is good. */
  #note(bytes: Buffer, at: number, expected: string | undefined): void {
    const line = this.lines + 1;
    if (expected === FIELD_SYNTAX && this.#isSaved && isBlankLine(bytes, at, this.#eol)) {
      this.#blank ??= { at, line };
      this.unterminated = false;
      return;
    }
    // Blank lines stand between the records of a saved text, but not within one.
    if (this.#blank !== undefined) this.bad.push({ ...this.#blank, expected: FIELD_SYNTAX });
    this.#blank = undefined;
    if (expected === undefined) return;
    if (this.unterminated) this.#endsDamaged = true;
    else this.bad.push({ at, line, expected });
  }

  /** Starts a record: reads what the layout covers, and returns the position after it. */
  #readByLayout(bytes: Buffer, at: number, end: number, values: FieldValue[]): number {
    const layout = this.#layout;
    this.#start();
    values.fill(undefined);
    if (layout === undefined || at + layout.length > end) return at;
    this.#usedLayout = layout.read(this.#viewOf(bytes), bytes, at, values);
    if (!this.#usedLayout) {
      values.fill(undefined);
      return at;
    }
    this.#missed = 0;
    this.lines = layout.lineCount;
    this.#sequence.begin(layout.lineCount);
    return this.#skipFlags(bytes, at + layout.length, end);
  }

  /**
   * Skips the line of flags after the numbers, VmFlags, if it is the expected one, not wanted and well
   * formed; returns the position after it.
   */
  #skipFlags(bytes: Buffer, at: number, end: number): number {
    const key = this.#sequence.expected;
    if (key === undefined || key.wanted || !key.isFlags) return at;
    if (!startsWith(bytes, at, key.bytes)) return at;
    const eol = flagsEnd(bytes, at + key.bytes.length);
    if (eol < 0 || eol >= end) return at;
    this.lines++;
    this.#sequence.add(key);
    return eol + 1;
  }

  #start(): void {
    this.lines = 0;
    this.unterminated = false;
    if (this.bad.length > 0) this.bad.length = 0;
    this.#isOrphaned = false;
    this.#blank = undefined;
    this.#endsDamaged = false;
    this.#sequence.begin(0);
    this.#usedLayout = false;
  }

  #viewOf(bytes: Buffer): DataView {
    if (this.#viewed !== bytes) {
      this.#viewed = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    return this.#view;
  }

  /**
   * Parses one line into `values` and sets `#eol`; returns what the line should have been, undefined if
   * it is good. Nothing is learned from a line that ends at `edge`, because more of it may follow.
   */
  #line(bytes: Buffer, at: number, values: FieldValue[], edge: number): string | undefined {
    const { expected } = this.#sequence;
    const isExpected = expected !== undefined && startsWith(bytes, at, expected.bytes);
    const key = isExpected ? expected : this.#keys.lookUp(bytes, at);
    if (key === undefined || this.#isOrphaned) {
      this.#eol = lineEnd(bytes, at);
      if (key !== undefined) return undefined;
      this.#isOrphaned = this.#eol !== edge;
      return FIELD_SYNTAX;
    }
    // Only a record whose keys are not those of the last one can have a key twice.
    if ((!isExpected || this.#sequence.diverged) && this.#sequence.has(key)) {
      this.#eol = lineEnd(bytes, at);
      this.#isOrphaned = this.#eol !== edge;
      return ONCE;
    }
    const isGood = this.#value(bytes, at + key.bytes.length, key, values, edge);
    if (this.#eol === edge) return undefined;
    if (!isExpected) {
      this.#vocabulary.meet(key.slot, key.kind ?? 'text', this.#sequence.previousSlot);
    }
    this.#sequence.add(key);
    if (isGood) return undefined;
    // What follows belongs to the record whose first line has lost its newline.
    this.#isOrphaned = hasHeaderWithin(textOf(bytes, at, this.#eol));
    return syntaxOf(key);
  }

  /**
   * Parses the value after the colon, stores it if wanted, and sets `#eol`; false if it does not have
   * the form of the field's other values. White space around it is no part of it: Linux 5.3 to 5.8
   * print tabs before a number.
   */
  #value(bytes: Buffer, at: number, key: FieldKey, values: FieldValue[], edge: number): boolean {
    let from = at;
    while (bytes[from] === BLANK) from++;
    let number = 0;
    let i = from;
    for (; isDigit(bytes[i]); i++) number = number * 10 + ((bytes[i] as number) - DIGIT_0);
    if (key.kind === 'kib' && i > from && startsWith(bytes, i, KIB_SUFFIX)) {
      this.#eol = i + KIB_SUFFIX.length - 1;
      if (key.wanted) values[key.slot] = Math.min(number, MAX_NUMBER);
      return true;
    }
    this.#eol = lineEnd(bytes, i);
    return this.#eol === edge || this.#otherValue(bytes, from, key, values);
  }

  /** As #value, for a value in any form, between `at` and `#eol`. */
  #otherValue(bytes: Buffer, at: number, key: FieldKey, values: FieldValue[]): boolean {
    const text = textOf(bytes, at, this.#eol);
    const form = key.isFlags || key.isName ? 'text' : formOf(text);
    key.kind ??= form;
    if (!isForm(text, form, key)) return false;
    if (key.wanted) {
      values[key.slot] = form === 'text' ? text : Math.min(Number.parseInt(text, 10), MAX_NUMBER);
    }
    return true;
  }
}
