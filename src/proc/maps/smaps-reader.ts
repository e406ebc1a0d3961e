import { type FieldValue, FieldVocabulary, slotOf } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { FIELD_SYNTAX, FieldLines, INCOMPLETE } from './field-lines.ts';
import { HEADER_SYNTAX, HeaderLine } from './header-line.ts';
import {
  type MappingReader,
  NotesCollector,
  type ReaderOptions,
  type WantedFields,
} from './mapping-reader.ts';
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
  readonly notes = new NotesCollector();
  readonly #source: ByteSource;
  readonly #window: ByteWindow;
  readonly #record = new SmapsRecord();
  readonly #fields: FieldLines;

  constructor(source: ByteSource, wanted: WantedFields = 'all', options: ReaderOptions = {}) {
    this.vocabulary = new FieldVocabulary(options.slots);
    this.#source = source;
    this.#window = new ByteWindow(source, options);
    this.#fields = new FieldLines(this.vocabulary, wanted);
  }

  next(): Mapping | undefined {
    const window = this.#window;
    for (;;) {
      if (window.pos >= window.end && !window.fill()) return undefined;
      const isMapping = this.#record.parse(window.bytes, window.pos);
      const next = this.#parseFields();
      if (next === INCOMPLETE) window.fill();
      else if (this.#consume(isMapping, next)) return this.#record;
    }
  }

  close(): void {
    this.#source.close();
  }

  #parseFields(): number {
    const { bytes, end, atEof } = this.#window;
    const { eol, values } = this.#record;
    if (eol === end && !atEof) return INCOMPLETE;
    return this.#fields.parse(bytes, eol + 1, end, atEof, values);
  }

  /** Moves past the record; false if its first line is damaged, so that it cannot be shown. */
  #consume(isMapping: boolean, next: number): boolean {
    const window = this.#window;
    const first = this.notes.lines + 1;
    if (window.atEof && this.#record.eol === window.end) this.notes.wasCut = true;
    if (isMapping) this.#noteFields(first, next);
    else this.notes.addMalformed(window, window.pos, first, HEADER_SYNTAX);
    this.notes.lines = first + this.#fields.lines;
    window.pos = Math.min(next, window.end);
    return isMapping;
  }

  #noteFields(first: number, next: number): void {
    const window = this.#window;
    const fields = this.#fields;
    const notes = this.notes;
    notes.checkOrder(this.#record);
    for (const { at, line } of fields.bad)
      notes.addMalformed(window, at, first + line, FIELD_SYNTAX);
    const isLast = window.atEof && next >= window.end;
    if (isLast && (fields.unterminated || fields.lacksEnd)) notes.wasCut = true;
    fields.commit(window.bytes, this.#record.eol + 1);
  }
}
