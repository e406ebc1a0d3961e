import { KNOWN_FIELDS } from '../../model/fields.ts';
import { HeaderLine } from '../maps/header-line.ts';
import type { ByteSource } from '../source/byte-source.ts';

/** Lines of mappings in a text. */
export interface Run {
  /** Numbers of its first and last lines, from 1. */
  readonly from: number;
  to: number;
}

const CHUNK_BYTES = 64 * 1024;
/** Longer lines are not those of a map. */
const MAX_LINE_BYTES = 64 * 1024;
/** This many lines of mappings are a map; one or two may be an example in a sentence. */
const FEWEST = 3;
/** The most lines that are held back until it is known whether they are a map. */
const MAX_HELD_LINES = 4000;
/** What mail, diffs and indentation put before a line. */
const PREFIX = /^[ \t>|+]*/;
const KNOWN = new RegExp(`^(${KNOWN_FIELDS.join('|')}):`);
const OTHER_FIELD = /^[A-Za-z_]+[0-9A-Za-z_]*:[ \t]+[0-9]+( kB)?[ \t\r]*$/;
/** Stands between two maps; a new process begins there. */
const MARK = '==> lines <==';

/**
 * The maps in a text that is something else: the log of a crash, a mail, a terminal's session.
 *
 * Gives one line for each line of the text, so that line numbers stay: those of maps without what stands
 * before them, a mark where a new map begins, and nothing for all others. Prefixes may differ from line to
 * line. Time stamps before a line are not recognized: they are as various as the programs that write them.
 */
export class LooseSource implements ByteSource {
  /** The maps found so far. */
  readonly runs: Run[] = [];
  readonly #source: ByteSource;
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  readonly #header = new HeaderLine();
  #rest = '';
  #isTooLong = false;
  #ready = Buffer.alloc(0);
  #out: string[] = [];
  #held: string[] = [];
  #heldMappings = 0;
  #isInRun = false;
  #line = 0;
  #isOver = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get path(): string {
    return this.#source.path;
  }

  read(into: Uint8Array, offset: number, length: number): number {
    while (this.#ready.length === 0 && !this.#isOver) this.#fill();
    const piece = this.#ready.subarray(0, length);
    into.set(piece, offset);
    this.#ready = this.#ready.subarray(piece.length);
    return piece.length;
  }

  close(): void {
    this.#source.close();
  }

  #fill(): void {
    const count = this.#source.read(this.#chunk, 0, CHUNK_BYTES);
    const lines = (this.#rest + this.#chunk.toString('latin1', 0, count)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line, '\n');
    if (this.#rest.length > MAX_LINE_BYTES) {
      this.#isTooLong = true;
      this.#rest = '';
    }
    if (count === 0) this.#finish();
    this.#ready = Buffer.from(this.#out.join(''), 'latin1');
    this.#out = [];
  }

  #finish(): void {
    this.#isOver = true;
    if (this.#rest !== '') this.#take(this.#rest, '');
    if (!this.#isInRun) this.#dropHeld();
  }

  #take(line: string, end: string): void {
    this.#line++;
    const text = line.replace(PREFIX, '');
    const isLong = this.#isTooLong || line.length > MAX_LINE_BYTES;
    this.#isTooLong = false;
    if (!isLong && this.#isMapping(text)) this.#takeMapping(text + end);
    else if (!isLong && this.#heldMappings > 0 && isPartOfMap(text)) this.#keep(text + end);
    else this.#takeOther(end);
  }

  #isMapping(text: string): boolean {
    const line = text.replace(/\r+$/, '');
    return /^[0-9a-f]+-/.test(line) && this.#header.parse(Buffer.from(`${line}\n`, 'latin1'), 0);
  }

  #takeMapping(text: string): void {
    this.#heldMappings++;
    this.#keep(text);
    if (this.#isInRun || this.#heldMappings < FEWEST) return;
    this.#isInRun = true;
    this.runs.push({ from: this.#line - this.#held.length + 1, to: this.#line });
    this.#out.push(...this.#held.splice(0));
  }

  #keep(text: string): void {
    const run = this.runs.at(-1);
    if (this.#isInRun && run !== undefined) {
      this.#out.push(text);
      if (text.trim() !== '') run.to = this.#line;
      return;
    }
    this.#held.push(text);
    if (this.#held.length > MAX_HELD_LINES) this.#dropHeld();
  }

  #takeOther(end: string): void {
    if (this.#isInRun) this.#out.push(MARK + end);
    else {
      this.#dropHeld();
      this.#out.push(end);
    }
    this.#isInRun = false;
    this.#heldMappings = 0;
  }

  /** Replaces what was held back by empty lines: it is not a map. */
  #dropHeld(): void {
    this.#out.push(...this.#held.splice(0).map((line) => (line.endsWith('\n') ? '\n' : '')));
    this.#heldMappings = 0;
  }
}

/** Whether a line can stand between two mappings of a map: a field of smaps, or nothing. */
function isPartOfMap(text: string): boolean {
  return KNOWN.test(text) || OTHER_FIELD.test(text) || text.trim() === '';
}
