import type { FieldSlots, FieldVocabulary } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import { latin1, lineEnd } from '../source/bytes.ts';
import { hasHeaderWithin } from './header-line.ts';
import type { ByteWindow, WindowOptions } from './window.ts';

/** A line that is not in the kernel's format; reading continues after it. */
export interface MalformedLine {
  /** Counted from 1. */
  readonly line: number;
  /** The syntax that it should have. */
  readonly expected: string;
  /** Its first bytes, unchanged. */
  readonly found: string;
}

/** What a reader noticed about the text that it read. */
export interface ReaderNotes {
  /** The first malformed line, if any. */
  readonly malformed: MalformedLine | undefined;
  /** Number of malformed lines. */
  readonly malformedCount: number;
  /** Addresses went backwards: the map changed while it was being read. */
  readonly wentBackwards: boolean;
  /** The file ended in the middle of a record. */
  readonly wasCut: boolean;
  /** Number of lines read so far, if it was a text. */
  readonly lines?: number;
  /** Something to be said about the text that is no problem. */
  readonly remark?: string | undefined;
}

/** Notes on mappings that do not come from a text, or not from one that can change. */
export const NOTHING_WRONG: ReaderNotes = {
  malformed: undefined,
  malformedCount: 0,
  wentBackwards: false,
  wasCut: false,
};

/** Reads the mappings of one file, one after the other. */
export interface MappingReader {
  /** The fields seen so far. */
  readonly vocabulary: FieldVocabulary;
  /** Notes on the text read so far. */
  readonly notes: ReaderNotes;
  /**
   * The next mapping; undefined at the end. The same object is returned each time and is valid
   * until the next call; `copyMapping` makes a lasting copy.
   *
   * @throws NodeJS.ErrnoException of read(2): ESRCH when the process has ended, EACCES, EIO ...
   */
  next(): Mapping | undefined;
  close(): void;
}

/** What becomes of a mapping of a saved text; `stop` leaves it for the reader of the next process. */
export type Verdict = 'take' | 'leave out' | 'stop';

/**
 * How a saved text differs from a kernel's file: it may hold several processes, headings and blank lines
 * between them, and an address that goes backwards is damage, since the text cannot be read again.
 */
export interface SavedTextRules {
  /** Called with each mapping, in order, before it is consumed. */
  judge(mapping: Mapping): Verdict;
}

/** Options of a reader. */
export interface ReaderOptions extends WindowOptions {
  /** The register that gives fields their slots; by default the reader has its own. */
  readonly slots?: FieldSlots | undefined;
  /** Set for a saved text. The reader ends before a heading, and where the rules say `stop`. */
  readonly saved?: SavedTextRules | undefined;
  /** A window that other readers have read from, instead of one of the reader's own. */
  readonly window?: ByteWindow | undefined;
  /** Number of lines before the window's position, for messages. */
  readonly linesBefore?: number | undefined;
}

const MAX_FOUND_BYTES = 60;

/** Collects the notes of a reader. */
export class NotesCollector implements ReaderNotes {
  malformed: MalformedLine | undefined;
  malformedCount = 0;
  wentBackwards = false;
  wasCut = false;
  remark: string | undefined;
  /** Number of lines read so far. */
  lines: number;
  #lastEnd = 0;

  constructor(linesBefore = 0) {
    this.lines = linesBefore;
  }

  /** Adds a malformed line; only the first is kept, the others are counted. */
  addMalformed(window: ByteWindow, at: number, line: number, expected: string): void {
    this.malformedCount++;
    const end = Math.min(lineEnd(window.bytes, at), at + MAX_FOUND_BYTES);
    this.malformed ??= { line, expected, found: latin1(window.bytes, at, end) };
  }

  /** Sets `wentBackwards` if the mapping begins before the end of the previous one. */
  checkOrder(mapping: Mapping): void {
    if (mapping.start < this.#lastEnd) this.wentBackwards = true;
    this.#lastEnd = mapping.end;
  }

  /**
   * Checks the first line of a mapping of a saved text, at `at`: it must not begin before the end of the
   * previous mapping, nor have the first line of another one in its name.
   */
  checkSaved(window: ByteWindow, at: number, mapping: Mapping): void {
    if (mapping.start < this.#lastEnd) {
      const address = this.#lastEnd.toString(16);
      this.addMalformed(window, at, this.lines + 1, `an address from ${address} on`);
    } else if (hasHeaderWithin(mapping.name)) {
      this.addMalformed(window, at, this.lines + 1, 'one mapping in a line');
    }
    this.#lastEnd = mapping.end;
  }
}

/**
 * Which smaps fields to parse: all of them, only the listed ones, or all except the listed ones.
 * `optional`: the listed ones if the kernel has smaps; otherwise maps is read. `available`: all, if there is
 * smaps.
 */
export type WantedFields =
  | 'all'
  | 'available'
  | readonly string[]
  | { readonly except: readonly string[] }
  | { readonly optional: readonly string[] };

/** Whether to parse a field. `Name` always is: on Android it holds the mapping's name. */
export function isWanted(wanted: WantedFields, name: string): boolean {
  if (wanted === 'all' || wanted === 'available' || name === 'Name') return true;
  if ('except' in wanted) return !wanted.except.includes(name);
  return ('optional' in wanted ? wanted.optional : wanted).includes(name);
}

/** Whether any field of smaps is wanted. */
export function wantsFields(wanted: WantedFields): boolean {
  return !Array.isArray(wanted) || wanted.length > 0;
}

/** Whether smaps must be read, because maps is not enough. */
export function needsSmaps(wanted: WantedFields): boolean {
  const isOptional = wanted === 'available' || (typeof wanted === 'object' && 'optional' in wanted);
  return wantsFields(wanted) && !isOptional;
}
