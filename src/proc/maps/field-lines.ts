import type { FieldKind, FieldValue, FieldVocabulary } from '../../model/fields.ts';
import { BLANK, DASH, DIGIT_0, HEX_VALUE, isDigit, latin1, lineEnd, startsWith } from './bytes.ts';
import { type FieldKey, FieldKeys } from './field-key.ts';
import { KeySequence } from './key-sequence.ts';
import type { WantedFields } from './mapping-reader.ts';
import { RecordLayout } from './record-layout.ts';

/** What a field's line must look like, as messages say it. */
export const FIELD_SYNTAX = "'Key: value' or the first line of a mapping";

/** Returned where the window ends before the record does. */
export const INCOMPLETE = -1;

/** A layout is learned anew when it did not fit so many records in a row: one may be an exception. */
const MISSES = 2;

/** What 64 bits hold; a longer number counts as this, as in pmap. */
const HIGHEST = 2 ** 64;

const KIB_SUFFIX = Buffer.from(' kB\n');

/**
 * Parses the lines `Key:  12 kB` behind a record's first line.
 *
 * The kernel prints the same keys in the same order for every mapping, at the same places. What was
 * met last is tried first: a layout of the whole record, then the key that should come next, and
 * only then a look-up by name.
 */
export class FieldLines {
  /** Lines consumed by the last `parse`. */
  lines = 0;
  /** The last line had no newline: the file ends within it. */
  unterminated = false;
  /** Of the last `parse`: where lines stood that are no field, with their number in the record. */
  readonly bad: { at: number; line: number }[] = [];
  readonly #vocabulary: FieldVocabulary;
  readonly #keys: FieldKeys;
  readonly #sequence = new KeySequence();
  #orphaned = false;
  #layout: RecordLayout | undefined;
  #usedLayout = false;
  #missed = MISSES - 1;
  #viewed: Buffer | undefined;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #eol = 0;

  constructor(vocabulary: FieldVocabulary, wanted: WantedFields) {
    this.#vocabulary = vocabulary;
    this.#keys = new FieldKeys(vocabulary, wanted);
  }

  /** Whether the record ends before the field that closes every record of this kernel. */
  get lacksEnd(): boolean {
    return this.#sequence.lacksEnd;
  }

  /**
   * Parses from `at` to the next record's first line, whose position it returns, or INCOMPLETE when the
   * window ends before. `values` is emptied first and then holds the wanted fields by slot.
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

  /** Says that the record at `at` is complete: the next ones are compared with it. */
  commit(bytes: Buffer, at: number): void {
    const { diverged } = this.#sequence;
    this.#sequence.commit();
    if (!this.#usedLayout) this.#learnLayout(bytes, at, diverged);
  }

  /** A layout belongs to the sequence of keys as it is: with another one it is learned anew. */
  #learnLayout(bytes: Buffer, at: number, diverged: boolean): void {
    if (diverged || this.bad.length > 0 || this.unterminated) {
      this.#layout = undefined;
      this.#missed = MISSES - 1;
    } else if (++this.#missed >= MISSES) {
      this.#layout = RecordLayout.learn(bytes, at, this.#sequence.keys);
      this.#missed = 0;
    }
  }

  /** Starts a record: takes what the learned layout covers, and returns the position behind it. */
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
    return this.#passText(bytes, at + layout.length, end);
  }

  /**
   * Passes over the line of text behind the numbers, VmFlags, where it is the one that is expected and
   * not wanted; returns the position behind it. A value that begins with a digit may be a number.
   */
  #passText(bytes: Buffer, at: number, end: number): number {
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
   * Parses one line into `values` and sets `#eol`; false where the line is no field. From a line
   * that ends at `edge`, where more of it may follow, nothing is learned.
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
   * Whether the line belongs to a record whose own first line was damaged. Such lines follow one
   * that is no field, and do not go on where the record before was: they must not reach its numbers.
   */
  #isOrphan(key: FieldKey): boolean {
    if (this.bad.length === 0) return false;
    this.#orphaned ||= !this.#sequence.mayFollow(key);
    return this.#orphaned;
  }

  /** Parses what stands behind the colon, stores it if wanted, sets `#eol`, returns its kind. */
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
      values[key.slot] = isNumber ? Math.min(number, HIGHEST) : textOf(bytes, from, this.#eol);
    }
    if (isKib) return 'kib';
    return isNumber ? 'count' : 'text';
  }
}

/** A field's text without the blanks that the kernel leaves at its end (`VmFlags: rd wr `). */
function textOf(bytes: Buffer, from: number, eol: number): string {
  let to = eol;
  while (to > from && bytes[to - 1] === BLANK) to--;
  return latin1(bytes, from, to);
}

/**
 * Whether a mapping's first line begins at `at`: hexadecimal digits and a dash. Fields begin with
 * capitals today; one that began with `a` to `f` would still have no dash behind such letters.
 */
function startsRecord(bytes: Uint8Array, at: number, end: number): 'yes' | 'no' | 'unsure' {
  let i = at;
  while ((HEX_VALUE[bytes[i] as number] as number) >= 0) i++;
  if (i >= end) return 'unsure';
  return i > at && bytes[i] === DASH ? 'yes' : 'no';
}
