import type { FieldKind, FieldValue, FieldVocabulary } from '../../model/fields.ts';
import {
  BLANK,
  DASH,
  DIGIT_0,
  HEX_VALUE,
  isDigit,
  latin1,
  lineEnd,
  startsWith,
} from '../source/bytes.ts';
import { type FieldKey, FieldKeys } from './field-key.ts';
import { KeySequence } from './key-sequence.ts';
import type { WantedFields } from './mapping-reader.ts';
import { RecordLayout } from './record-layout.ts';

/** The syntax of a field's line, for messages. */
export const FIELD_SYNTAX = "'Key: value' or the first line of a mapping";

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
  /** Lines of the last `parse` that are not fields: position, and number within the record. */
  readonly bad: { at: number; line: number }[] = [];
  readonly #vocabulary: FieldVocabulary;
  readonly #keys: FieldKeys;
  readonly #sequence = new KeySequence();
  #orphaned = false;
  #layout: RecordLayout | undefined;
  #usedLayout = false;
  #missed = MISSES_BEFORE_LEARNING - 1;
  #viewed: Buffer | undefined;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #eol = 0;

  constructor(vocabulary: FieldVocabulary, wanted: WantedFields) {
    this.#vocabulary = vocabulary;
    this.#keys = new FieldKeys(vocabulary, wanted);
  }

  /** Whether the record ends before the field that ends every record of this kernel. */
  get lacksEnd(): boolean {
    return this.#sequence.lacksEnd;
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
      const known = this.#line(bytes, position, values, atEof ? -1 : end);
      if (this.#eol === end && !atEof) return INCOMPLETE;
      if (!known) this.bad.push({ at: position, line: this.lines + 1 });
      this.unterminated = this.#eol === end;
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
    return this.#skipText(bytes, at + layout.length, end);
  }

  /**
   * Skips the line of text after the numbers, VmFlags, if it is the expected one and not wanted;
   * returns the position after it. A value that begins with a digit is not skipped: it may be a
   * number.
   */
  #skipText(bytes: Buffer, at: number, end: number): number {
    const key = this.#sequence.expected;
    if (key === undefined || key.wanted || key.kind !== 'text') return at;
    if (!startsWith(bytes, at, key.bytes)) return at;
    let from = at + key.bytes.length;
    while (bytes[from] === BLANK) from++;
    if (isDigit(bytes[from])) return at;
    const eol = lineEnd(bytes, from);
    if (eol >= end) return at;
    this.lines++;
    this.#sequence.add(key);
    return eol + 1;
  }

  #start(): void {
    this.lines = 0;
    this.unterminated = false;
    if (this.bad.length > 0) this.bad.length = 0;
    this.#orphaned = false;
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
   * Parses one line into `values` and sets `#eol`; false if the line is not a field. Nothing is
   * learned from a line that ends at `edge`, because more of it may follow.
   */
  #line(bytes: Buffer, at: number, values: FieldValue[], edge: number): boolean {
    const { expected } = this.#sequence;
    const isExpected = expected !== undefined && startsWith(bytes, at, expected.bytes);
    const key = isExpected ? expected : this.#keys.lookUp(bytes, at);
    if (key === undefined || this.#isOrphan(key)) {
      this.#eol = lineEnd(bytes, at);
      return key !== undefined;
    }
    const kind = this.#value(bytes, at + key.bytes.length, key, values);
    if (this.#eol === edge) return true;
    if (!isExpected || kind !== key.kind) {
      key.kind = kind;
      this.#vocabulary.meet(key.slot, kind, this.#sequence.previousSlot);
    }
    this.#sequence.add(key);
    return true;
  }

  /**
   * Whether the line belongs to a record whose first line is damaged. Such lines come after one
   * that is not a field, and do not continue the previous record: they must not change its numbers.
   */
  #isOrphan(key: FieldKey): boolean {
    if (this.bad.length === 0) return false;
    this.#orphaned ||= !this.#sequence.mayFollow(key);
    return this.#orphaned;
  }

  /** Parses the value after the colon, stores it if wanted, sets `#eol` and returns its kind. */
  #value(bytes: Buffer, at: number, key: FieldKey, values: FieldValue[]): FieldKind {
    let from = at;
    while (bytes[from] === BLANK) from++;
    let number = 0;
    let i = from;
    for (; isDigit(bytes[i]); i++) number = number * 10 + ((bytes[i] as number) - DIGIT_0);
    const isKib = !key.isText && i > from && startsWith(bytes, i, KIB_SUFFIX);
    this.#eol = isKib ? i + KIB_SUFFIX.length - 1 : lineEnd(bytes, i);
    const isNumber = isKib || (!key.isText && i > from && i === this.#eol);
    if (key.wanted) {
      values[key.slot] = isNumber ? Math.min(number, MAX_NUMBER) : textOf(bytes, from, this.#eol);
    }
    if (isKib) return 'kib';
    return isNumber ? 'count' : 'text';
  }
}

/** A field's text without the blanks that the kernel prints at its end (`VmFlags: rd wr `). */
function textOf(bytes: Buffer, from: number, eol: number): string {
  let to = eol;
  while (to > from && bytes[to - 1] === BLANK) to--;
  return latin1(bytes, from, to);
}

/**
 * Whether a mapping's first line begins at `at`: hexadecimal digits and a dash. Fields begin with
 * capital letters today; one that began with `a` to `f` would still not have a dash after them.
 */
function startsRecord(bytes: Uint8Array, at: number, end: number): 'yes' | 'no' | 'unsure' {
  let i = at;
  while ((HEX_VALUE[bytes[i] as number] as number) >= 0) i++;
  if (i >= end) return 'unsure';
  return i > at && bytes[i] === DASH ? 'yes' : 'no';
}
