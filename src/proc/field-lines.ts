import type { FieldKind, FieldValue, FieldVocabulary } from '../model/fields.ts';
import {
  BLANK,
  COLON,
  DASH,
  DIGIT_0,
  HEX_VALUE,
  isDigit,
  latin1,
  lineEnd,
  NEWLINE,
  startsWith,
} from './bytes.ts';
import { isWanted, type WantedFields } from './reader.ts';

/** What a field's line must look like, as messages say it. */
export const FIELD_FORM = "a line 'Key: value'";

/** Returned where the window ends before the record does. */
export const EDGE = -1;

/** One key of smaps as this reading knows it. */
interface Key {
  readonly slot: number;
  /** The key and its colon, so that `Swap` never matches `SwapPss`. */
  readonly bytes: Uint8Array;
  readonly wanted: boolean;
  kind: FieldKind;
}

const KIB_SUFFIX = Buffer.from(' kB\n');

/**
 * Parses the lines `Key:  12 kB` behind a record's first line.
 *
 * The kernel prints the same keys in the same order for every mapping, so the sequence met last is
 * tried first: one comparison of bytes per line instead of a string and a look-up.
 */
export class FieldLines {
  /** Lines consumed by the last `parse`. */
  lines = 0;
  /** The last line had no newline: the file ends within it. */
  unterminated = false;
  /** Of the last `parse`: where lines stood that are no field, with their number in the record. */
  readonly bad: { at: number; line: number }[] = [];
  readonly #vocabulary: FieldVocabulary;
  readonly #wanted: WantedFields;
  readonly #keys = new Map<string, Key>();
  readonly #sequence: Key[] = [];
  #count = 0;
  #diverged = false;
  #previousCount = 0;
  #eol = 0;

  constructor(vocabulary: FieldVocabulary, wanted: WantedFields) {
    this.#vocabulary = vocabulary;
    this.#wanted = wanted;
  }

  /** Whether the record has fewer lines than the one before, and is the same up to there. */
  get isPrefixOfPrevious(): boolean {
    return !this.#diverged && this.#count < this.#previousCount;
  }

  /**
   * Parses from `at` to the next record's first line, whose position it returns, or EDGE when the
   * window ends before. `values` is emptied first and then holds the wanted fields by slot.
   */
  parse(bytes: Buffer, at: number, end: number, atEof: boolean, values: FieldValue[]): number {
    this.#reset(values);
    let position = at;
    while (position < end) {
      const record = startsRecord(bytes, position, end);
      if (record === 'unsure' && !atEof) return EDGE;
      if (record === 'yes') break;
      const known = this.#line(bytes, position, values);
      if (this.#eol === end && !atEof) return EDGE;
      if (!known) this.bad.push({ at: position, line: this.lines + 1 });
      this.unterminated = this.#eol === end;
      this.lines++;
      position = this.#eol + 1;
    }
    return position >= end && !atEof ? EDGE : position;
  }

  /** Says that the record is complete: the next one is compared with it. */
  commit(): void {
    this.#previousCount = this.#count;
    this.#sequence.length = this.#count;
  }

  #reset(values: FieldValue[]): void {
    values.fill(undefined);
    this.lines = 0;
    this.unterminated = false;
    this.bad.length = 0;
    this.#count = 0;
    this.#diverged = false;
  }

  /** Parses one line into `values` and sets `#eol`; false where the line is no field. */
  #line(bytes: Buffer, at: number, values: FieldValue[]): boolean {
    const expected = this.#sequence[this.#count];
    if (expected !== undefined && startsWith(bytes, at, expected.bytes)) {
      const kind = this.#value(bytes, at + expected.bytes.length, expected, values);
      if (kind !== expected.kind) this.#learn(expected, kind);
      this.#count++;
      return true;
    }
    const key = this.#lookUp(bytes, at);
    if (key === undefined || this.#isOrphan(key)) {
      this.#eol = lineEnd(bytes, at);
      return key !== undefined;
    }
    this.#diverged = true;
    this.#sequence[this.#count] = key;
    this.#learn(key, this.#value(bytes, at + key.bytes.length, key, values));
    this.#count++;
    return true;
  }

  /** The key whose name and colon stand at `at`; undefined where none can. */
  #lookUp(bytes: Buffer, at: number): Key | undefined {
    let colon = at;
    while (bytes[colon] !== COLON) {
      if (bytes[colon] === BLANK || bytes[colon] === NEWLINE) return undefined;
      colon++;
    }
    if (colon === at) return undefined;
    const name = latin1(bytes, at, colon);
    return this.#keys.get(name) ?? this.#newKey(name);
  }

  #newKey(name: string): Key {
    const key: Key = {
      slot: this.#vocabulary.slot(name),
      bytes: Buffer.from(`${name}:`, 'latin1'),
      wanted: isWanted(this.#wanted, name),
      kind: 'kib',
    };
    this.#keys.set(name, key);
    return key;
  }

  #learn(key: Key, kind: FieldKind): void {
    key.kind = kind;
    const previous = this.#sequence[this.#count - 1];
    this.#vocabulary.meet(key.slot, kind, previous === undefined ? -1 : previous.slot);
  }

  /**
   * Whether the line belongs to a record whose own first line was damaged: such lines follow one
   * that is no field, and repeat keys. They must not overwrite the numbers of the mapping before.
   */
  #isOrphan(key: Key): boolean {
    return this.bad.length > 0 && this.#sequence.slice(0, this.#count).includes(key);
  }

  /** Parses what stands behind the colon, stores it if wanted, sets `#eol`, returns its kind. */
  #value(bytes: Buffer, at: number, key: Key, values: FieldValue[]): FieldKind {
    let from = at;
    while (bytes[from] === BLANK) from++;
    let number = 0;
    let i = from;
    for (; isDigit(bytes[i]); i++) number = number * 10 + ((bytes[i] as number) - DIGIT_0);
    const isKib = i > from && startsWith(bytes, i, KIB_SUFFIX);
    this.#eol = isKib ? i + KIB_SUFFIX.length - 1 : lineEnd(bytes, i);
    const isNumber = isKib || (i > from && i === this.#eol);
    if (key.wanted) values[key.slot] = isNumber ? number : textOf(bytes, from, this.#eol);
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
