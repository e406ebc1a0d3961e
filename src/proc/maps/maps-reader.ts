import { FieldVocabulary } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { HEADER_SYNTAX, HeaderLine } from './header-line.ts';
import { type MappingReader, NotesCollector, type ReaderOptions } from './mapping-reader.ts';
import { ByteWindow } from './window.ts';

/** Reads /proc/PID/maps: one mapping per line. Source: proc_pid_maps(5). */
export class MapsReader implements MappingReader {
  readonly vocabulary: FieldVocabulary;
  readonly notes = new NotesCollector();
  readonly #source: ByteSource;
  readonly #window: ByteWindow;
  readonly #line = new HeaderLine();

  constructor(source: ByteSource, options: ReaderOptions = {}) {
    this.vocabulary = new FieldVocabulary(options.slots);
    this.#source = source;
    this.#window = new ByteWindow(source, options);
  }

  next(): Mapping | undefined {
    const window = this.#window;
    for (;;) {
      if (window.pos >= window.end && !window.fill()) return undefined;
      const ok = this.#line.parse(window.bytes, window.pos);
      if (this.#line.eol === window.end && !window.atEof) window.fill();
      else if (this.#consume(ok)) return this.#line;
    }
  }

  close(): void {
    this.#source.close();
  }

  #consume(ok: boolean): boolean {
    const { pos, end } = this.#window;
    this.notes.lines++;
    if (this.#line.eol === end) this.notes.wasCut = true;
    if (ok) this.notes.checkOrder(this.#line);
    else this.notes.addMalformed(this.#window, pos, this.notes.lines, HEADER_SYNTAX);
    this.#window.pos = Math.min(this.#line.eol + 1, end);
    return ok;
  }
}
