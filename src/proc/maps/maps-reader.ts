import { FieldVocabulary } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { DoubledMappings } from './doubled.ts';
import { HEADER_SYNTAX, HeaderLine } from './header-line.ts';
import {
  type MappingReader,
  NotesCollector,
  type ReaderOptions,
  type SavedTextRules,
} from './mapping-reader.ts';
import { beginsSavedMapping, growWindow } from './saved-lines.ts';
import { ByteWindow } from './window.ts';

/** Reads /proc/PID/maps: one mapping per line. Source: proc_pid_maps(5). */
export class MapsReader implements MappingReader {
  readonly vocabulary: FieldVocabulary;
  readonly notes: NotesCollector;
  readonly #source: ByteSource;
  readonly #window: ByteWindow;
  readonly #saved: SavedTextRules | undefined;
  readonly #line = new HeaderLine();
  readonly #doubled = new DoubledMappings();

  constructor(source: ByteSource, options: ReaderOptions = {}) {
    this.vocabulary = new FieldVocabulary(options.slots);
    this.notes = new NotesCollector(options.linesBefore);
    this.#source = source;
    this.#window = options.window ?? new ByteWindow(source, options);
    this.#saved = options.saved;
  }

  next(): Mapping | undefined {
    const window = this.#window;
    for (;;) {
      if (!this.#hasMore()) return undefined;
      const ok = this.#line.parse(window.bytes, window.pos);
      if (this.#needsMore(ok)) growWindow(this.#source, window, this.notes.lines + 1);
      else if (ok && this.#saved !== undefined) {
        const verdict = this.#judge(this.#saved);
        if (verdict === 'stop') return undefined;
        if (verdict === 'take') return this.#line;
      } else if (this.#consume(ok)) return this.#line;
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

  /** Whether the window ends before the line does, or before it is known whether it is listed again. */
  #needsMore(ok: boolean): boolean {
    const { eol } = this.#line;
    if (this.#window.atEof) return false;
    return (
      eol === this.#window.end ||
      (ok && this.#doubled.isReplaced(this.#window, eol + 1) === 'unsure')
    );
  }

  /** Moves past the line; false if it is not a mapping to be shown. */
  #consume(ok: boolean): boolean {
    const window = this.#window;
    const isUnterminated = this.#line.eol === window.end;
    const isShown = ok && !this.#isReplaced();
    if (isShown) this.notes.checkOrder(this.#line);
    if (!ok && !isUnterminated) {
      this.notes.addMalformed(window, window.pos, this.notes.lines + 1, HEADER_SYNTAX);
    }
    this.#advance(ok);
    return isShown;
  }

  #isReplaced(): boolean {
    return this.#doubled.isReplaced(this.#window, this.#line.eol + 1) === true;
  }

  #judge(saved: SavedTextRules) {
    const verdict = this.#isReplaced() ? 'leave out' : saved.judge(this.#line);
    if (verdict === 'stop') return verdict;
    if (verdict === 'take') this.notes.checkSaved(this.#window, this.#window.pos, this.#line);
    this.#advance(true);
    return verdict;
  }

  #advance(ok: boolean): void {
    const { end } = this.#window;
    const { eol } = this.#line;
    this.notes.lines++;
    if (eol === end && !(ok && this.#line.isWhole)) this.notes.wasCut = true;
    this.#window.pos = Math.min(eol + 1, end);
  }
}
