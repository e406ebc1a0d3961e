import type { FieldSlots, FieldVocabulary } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import { latin1, lineEnd } from './bytes.ts';
import type { ByteWindow, WindowOptions } from './window.ts';

/** A line that does not have the kernel's form; reading goes on behind it. */
export interface MalformedLine {
  /** Counted from 1. */
  readonly line: number;
  /** The form that the line should have. */
  readonly expected: string;
  /** The line's first bytes, as they are. */
  readonly found: string;
}

/** What a reader has to say about the text that it read. */
export interface ReaderNotes {
  /** The first malformed line, if there was one. */
  readonly malformed: MalformedLine | undefined;
  /** How many malformed lines there were. */
  readonly malformedCount: number;
  /** Addresses went backwards: the map changed while it was read. */
  readonly wentBackwards: boolean;
  /** The file ended in the middle of a record. */
  readonly wasCut: boolean;
}

/** Reads the mappings of one file, one after the other. */
export interface MappingReader {
  /** The fields met so far. */
  readonly vocabulary: FieldVocabulary;
  /** What was wrong with the text so far. */
  readonly notes: ReaderNotes;
  /**
   * The next mapping, undefined at the end. It is the same object each time and holds until the
   * next call; `copyMapping` keeps one.
   *
   * @throws NodeJS.ErrnoException of read(2): ESRCH when the process ended, EACCES, EIO ...
   */
  next(): Mapping | undefined;
  close(): void;
}

/** What a reader is made with. */
export interface ReaderOptions extends WindowOptions {
  /** Gives fields their slots; one of its own where it is not there. */
  readonly slots?: FieldSlots | undefined;
}

const FOUND_BYTES = 60;

/** Where a reader collects its notes. */
export class NotesCollector implements ReaderNotes {
  malformed: MalformedLine | undefined;
  malformedCount = 0;
  wentBackwards = false;
  wasCut = false;
  /** Lines consumed so far. */
  lines = 0;
  #lastEnd = 0;

  /** NotesCollector a malformed line; only the first is kept, the others are counted. */
  addMalformed(window: ByteWindow, at: number, line: number, expected: string): void {
    this.malformedCount++;
    const end = Math.min(lineEnd(window.bytes, at), at + FOUND_BYTES);
    this.malformed ??= { line, expected, found: latin1(window.bytes, at, end) };
  }

  /** NotesCollector whether addresses went backwards. */
  checkOrder(mapping: Mapping): void {
    if (mapping.start < this.#lastEnd) this.wentBackwards = true;
    this.#lastEnd = mapping.end;
  }
}

/** Which smaps fields a reading has to parse: all, these alone, or all but these. */
export type WantedFields = 'all' | readonly string[] | { readonly except: readonly string[] };

/** Whether a field is wanted; `Name` always is, Android puts a mapping's name there. */
export function isWanted(wanted: WantedFields, name: string): boolean {
  if (wanted === 'all' || name === 'Name') return true;
  return 'except' in wanted ? !wanted.except.includes(name) : wanted.includes(name);
}
