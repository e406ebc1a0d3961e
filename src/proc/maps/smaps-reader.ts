import { type FieldValue, FieldVocabulary, slotOf } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { DoubledMappings } from './doubled.ts';
import { FieldLines, INCOMPLETE } from './fields/field-lines.ts';
import { HEADER_SYNTAX, HeaderLine } from './header-line.ts';
import {
  type MappingReader,
  NotesCollector,
  type ReaderOptions,
  type SavedTextRules,
  type Verdict,
  type WantedFields,
} from './mapping-reader.ts';
import { beginsSavedMapping, growWindow } from './saved-lines.ts';
import { ByteWindow } from './window.ts';

/** The first line of a record; on Android the name may be in a line `Name:` instead. */
class SmapsRecord extends HeaderLine {
  override get name(): string {
    const name = super.name;
    const fieldName: FieldValue = this.values[slotOf.Name];
    return name === '' && fieldName !== undefined ? String(fieldName) : name;
  }
}

/**
 * Reads /proc/PID/smaps: for each mapping a line as in maps, then lines `Key:  12 kB` with any keys
 * in any order. Source: proc_pid_smaps(5).
 *
 * A record that does not end in the window is parsed again from its first line after more was read.
 * The window is large, so this happens to one record in fifty.
 */
export class SmapsReader implements MappingReader {
  readonly vocabulary: FieldVocabulary;
  readonly notes: NotesCollector;
  readonly #source: ByteSource;
  readonly #window: ByteWindow;
  readonly #saved: SavedTextRules | undefined;
  readonly #record = new SmapsRecord();
  readonly #fields: FieldLines;
  readonly #doubled = new DoubledMappings();

  constructor(source: ByteSource, wanted: WantedFields = 'all', options: ReaderOptions = {}) {
    this.vocabulary = new FieldVocabulary(options.slots);
    this.notes = new NotesCollector(options.linesBefore);
    this.#source = source;
    this.#window = options.window ?? new ByteWindow(source, options);
    this.#saved = options.saved;
    this.#fields = new FieldLines(this.vocabulary, wanted, this.#saved !== undefined);
  }

  next(): Mapping | undefined {
    const window = this.#window;
    for (;;) {
      if (!this.#hasMore()) return undefined;
      const isMapping = this.#record.parse(window.bytes, window.pos);
      const next = this.#parseFields();
      const isReplaced =
        next !== INCOMPLETE &&
        isMapping &&
        this.#doubled.isReplaced(window, next, this.#record.startDigits);
      if (next === INCOMPLETE || isReplaced === 'unsure') {
        growWindow(this.#source, window, this.notes.lines + 1);
        continue;
      }
      const verdict = isMapping ? this.#judge(isReplaced) : 'leave out';
      if (verdict === 'stop') return undefined;
      this.#consume(isMapping, next, verdict);
      if (verdict === 'take') return this.#record;
    }
  }

  close(): void {
    this.#source.close();
  }

  #hasMore(): boolean {
    if (this.#saved !== undefined)
      return beginsSavedMapping(this.#source, this.#window, this.notes);
    return this.#window.pos < this.#window.end || this.#window.fill();
  }

  #parseFields(): number {
    const { bytes, end, atEof } = this.#window;
    const { eol, values } = this.#record;
    if (eol === end && !atEof) return INCOMPLETE;
    return this.#fields.parse(bytes, eol + 1, end, atEof, values);
  }

  #judge(isReplaced: boolean): Verdict {
    if (isReplaced) return 'leave out';
    return this.#saved?.judge(this.#record) ?? 'take';
  }

  /** Moves past the record. If its first line is damaged, the record cannot be shown. */
  #consume(isMapping: boolean, next: number, verdict: Verdict): void {
    const window = this.#window;
    const { notes } = this;
    const first = notes.lines + 1;
    const isUnterminated = this.#record.eol === window.end;
    if (isMapping && verdict === 'take') this.#checkOrder();
    if (isMapping) this.#noteFields(first, next, isUnterminated);
    else if (isUnterminated) notes.wasCut = true;
    else notes.addMalformed(window, window.pos, first, HEADER_SYNTAX);
    notes.lines = first + this.#fields.lines;
    window.pos = Math.min(next, window.end);
  }

  #checkOrder(): void {
    const window = this.#window;
    if (this.#saved === undefined) this.notes.checkOrder(this.#record);
    else this.notes.checkSaved(window, window.pos, this.#record);
  }

  #noteFields(first: number, next: number, isUnterminated: boolean): void {
    const window = this.#window;
    const fields = this.#fields;
    const notes = this.notes;
    for (const { at, line, expected } of fields.bad) {
      notes.addMalformed(window, at, first + line, expected);
    }
    if (window.atEof && next >= window.end && this.#isCut(isUnterminated)) notes.wasCut = true;
    fields.commit(window.bytes, this.#record.eol + 1);
  }

  /** Whether the file ends in the record, which is its last one. */
  #isCut(isUnterminated: boolean): boolean {
    const fields = this.#fields;
    if (isUnterminated) return !this.#record.isWhole || fields.lacksEnd;
    return fields.unterminated ? !fields.isWholeAtEnd : fields.lacksEnd;
  }
}
