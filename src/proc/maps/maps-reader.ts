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
  type Verdict,
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
      const isReplaced = this.#isReplaced(ok);
      if (isReplaced === 'unsure') {
        growWindow(this.#source, window, this.notes.lines + 1);
        continue;
      }
      const verdict = ok ? this.#judge(isReplaced) : 'leave out';
      if (verdict === 'stop') return undefined;
      this.#consume(ok, verdict);
      if (verdict === 'take') return this.#line;
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

  /** Whether the mapping is listed again; `unsure` if the window ends before that or the line does. */
  #isReplaced(ok: boolean): boolean | 'unsure' {
    const window = this.#window;
    const { eol, startDigits } = this.#line;
    if (eol === window.end && !window.atEof) return 'unsure';
    return ok && this.#doubled.isReplaced(window, eol + 1, startDigits);
  }

  #judge(isReplaced: boolean): Verdict {
    if (isReplaced) return 'leave out';
    return this.#saved?.judge(this.#line) ?? 'take';
  }

  /** Moves past the line, and notes what is wrong with it. */
  #consume(ok: boolean, verdict: Verdict): void {
    const window = this.#window;
    const { notes } = this;
    const { eol } = this.#line;
    if (verdict === 'take') this.#checkOrder();
    if (eol === window.end) {
      if (!ok || !this.#line.isWhole) notes.wasCut = true;
    } else if (!ok) notes.addMalformed(window, window.pos, notes.lines + 1, HEADER_SYNTAX);
    notes.lines++;
    window.pos = Math.min(eol + 1, window.end);
  }

  #checkOrder(): void {
    const window = this.#window;
    if (this.#saved === undefined) this.notes.checkOrder(this.#line);
    else this.notes.checkSaved(window, window.pos, this.#line);
  }
}
