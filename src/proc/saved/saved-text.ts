import type { FieldSlots } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import { HeaderLine } from '../maps/header-line.ts';
import type { ReaderNotes, SavedTextRules, Verdict, WantedFields } from '../maps/mapping-reader.ts';
import { MapsReader } from '../maps/maps-reader.ts';
import type { Rollup } from '../maps/rollup.ts';
import { growWindow, isBlankLine, isHeading, lineInWindow } from '../maps/saved-lines.ts';
import { SmapsReader } from '../maps/smaps-reader.ts';
import { ByteWindow } from '../maps/window.ts';
import { latin1 } from '../source/bytes.ts';
import { type Heading, parseHeading } from './heading.ts';
import type { OpenText } from './open-text.ts';

/** What a saved text tells of a process. */
export type SavedKind = 'maps' | 'smaps' | 'rollup';

/** A reader of a saved text. */
export type SavedReader = MapsReader | SmapsReader;

/** The totals of a smaps_rollup, and what its reader noticed. */
export interface SavedTotals extends Rollup {
  readonly notes: ReaderNotes;
}

/** A process in a saved text. It must be read before the next one is asked for. */
export interface SavedProcess {
  readonly kind: SavedKind;
  /** Undefined if a heading does not tell it. */
  readonly pid: number | undefined;
  /** Number of its first line. */
  readonly firstLine: number;
  /** Reads its mappings; of a rollup there are none. */
  open(wanted: WantedFields): SavedReader;
  /** Its totals, if it is a rollup, and notes on its text. */
  readonly totals: SavedTotals | undefined;
}

/** Enough to see what follows the first line of a mapping. */
const LOOK_AHEAD_BYTES = 8 * 1024;
const ROLLUP = '[rollup]';

/**
 * The processes in a saved text, one after the other, in one pass.
 *
 * A new process begins at a heading, and where an address lies below the start of the mapping before. The
 * record of a smaps_rollup is never a mapping; it belongs to the process whose first mapping has its start,
 * as in `cat /proc/123/smaps*`, and else is a process of which only totals are known.
 */
export class SavedText {
  readonly #text: OpenText;
  readonly #slots: FieldSlots | undefined;
  readonly #window: ByteWindow;
  #lines = 0;
  #heading: Heading | undefined;
  #firstStart: number | undefined;
  #open: SavedReader | undefined;
  /** The process that was returned last, if it is to be read from here. */
  #given: SavedProcess | undefined;

  /** `slots` gives fields their slots; by default each process has its own. */
  constructor(text: OpenText, slots?: FieldSlots) {
    this.#text = text;
    this.#slots = slots;
    this.#window = new ByteWindow(text.source);
  }

  /** The next process; undefined at the end. @throws ProblemError, NodeJS.ErrnoException of read(2). */
  next(): SavedProcess | undefined {
    // A process that could not be shown was not read.
    if (this.#given !== undefined && this.#open === undefined) this.#given.open([]);
    this.#given = undefined;
    this.#finish();
    for (;;) {
      if (!this.#findProcess()) return undefined;
      const kind = this.#kind();
      if (kind !== 'rollup') {
        this.#given = this.#process(kind);
        return this.#given;
      }
      const isKnown = this.#startHere() === this.#firstStart;
      const totals = this.#readRollup();
      // Before its smaps, it is replaced by the first mapping, which has the same start.
      if (!isKnown && totals !== undefined) return this.#process(kind, totals);
    }
  }

  close(): void {
    this.#text.source.close();
  }

  /** Reads the totals at the window's position; undefined if the process's mappings follow. */
  #readRollup(): SavedTotals | undefined {
    const reader = this.#reader('smaps', 'all', true);
    const values = reader.next()?.values.slice();
    const { vocabulary, notes } = reader;
    this.#finish();
    return values && { values, vocabulary, notes };
  }

  #process(kind: SavedKind, totals?: SavedTotals): SavedProcess {
    this.#firstStart = undefined;
    return {
      kind,
      pid: this.#heading?.pid,
      firstLine: this.#lines + 1,
      totals,
      open: (wanted) => this.#reader(kind === 'maps' ? 'maps' : 'smaps', wanted, false),
    };
  }

  #reader(file: 'maps' | 'smaps', wanted: WantedFields, isRollup: boolean): SavedReader {
    const saved: SavedTextRules = isRollup
      ? { judge: ({ name }) => (name === ROLLUP ? 'take' : 'stop') }
      : this.#rules();
    const options = { slots: this.#slots, saved, window: this.#window, linesBefore: this.#lines };
    const { source } = this.#text;
    const reader =
      file === 'maps' ? new MapsReader(source, options) : new SmapsReader(source, wanted, options);
    this.#open = reader;
    return reader;
  }

  #rules(): SavedTextRules {
    let lastStart = 0;
    return {
      judge: ({ name, start }: Mapping): Verdict => {
        if (name === ROLLUP || start < lastStart) return 'stop';
        this.#firstStart ??= start;
        lastStart = start;
        return 'take';
      },
    };
  }

  /** Reads what is left of the last process. */
  #finish(): void {
    const reader = this.#open;
    this.#open = undefined;
    if (reader === undefined) return;
    while (reader.next() !== undefined);
    this.#lines = reader.notes.lines;
  }

  /** Moves to the next line that is neither blank nor a heading; false at the end. */
  #findProcess(): boolean {
    const window = this.#window;
    for (;;) {
      const eol = lineInWindow(this.#text.source, window, this.#lines + 1);
      if (window.pos >= window.end) return false;
      const isHere = isHeading(window.bytes, window.pos);
      if (isHere) {
        const before = this.#heading?.pid;
        this.#heading = parseHeading(latin1(window.bytes, window.pos, eol));
        // Several files of a process may follow each other.
        if (before === undefined || before !== this.#heading?.pid) this.#firstStart = undefined;
      }
      const isSkipped = isHere || this.#heading?.isMap === false;
      if (!isSkipped && !isBlankLine(window.bytes, window.pos, eol)) return true;
      window.pos = Math.min(eol + 1, window.end);
      this.#lines++;
    }
  }

  #startHere(): number | undefined {
    const header = new HeaderLine();
    return header.parse(this.#window.bytes, this.#window.pos) ? header.start : undefined;
  }

  /** What begins at the window's position, by its first lines. */
  #kind(): SavedKind {
    const window = this.#window;
    while (window.end - window.pos < LOOK_AHEAD_BYTES && !window.atEof) {
      growWindow(this.#text.source, window, this.#lines + 1);
    }
    const to = Math.min(window.end, window.pos + LOOK_AHEAD_BYTES);
    const lines = latin1(window.bytes, window.pos, to).split('\n');
    if (/ \[rollup\][ \t\r]*$/.test(lines[0] ?? '')) return 'rollup';
    for (const line of lines.slice(1)) {
      if (/^[!-9;-~]+:/.test(line)) return 'smaps';
      if (/^[0-9a-f]+-|^==> /.test(line)) return 'maps';
    }
    return 'maps';
  }
}
