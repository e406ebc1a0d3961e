import { UsageError } from '../../model/errors/usage-error.ts';
import { type Option, type OptionTable, type OptionValues, spellings } from './option.ts';

/** A parsed command line. */
export interface Parsed<T extends OptionTable> {
  readonly values: OptionValues<T>;
  /** The names of the options in the order in which they were given. */
  readonly order: readonly (keyof T & string)[];
  readonly operands: readonly string[];
  /** Messages for stderr about options that were given. */
  readonly notices: readonly string[];
  /** The first message about a value that is right but unclear. One is enough to learn from. */
  readonly unclear: string | undefined;
}

/**
 * Parses a command line as getopt_long(3) does, with the same messages: letters combine (`-XXq`,
 * `-A0,1000`), long options may be abbreviated while they are unambiguous, options may follow operands
 * (unless `posixlyCorrect`), and `--` ends the options.
 *
 * commander supports neither abbreviated long options nor these messages, and loading it takes a third
 * of this program's start-up time; it only lays out `--help`.
 *
 * @throws UsageError on the first mistake, unless a final option (`isFinal`) came before it.
 */
export function parseOptions<T extends OptionTable>(
  table: T,
  args: readonly string[],
  { posixlyCorrect = false } = {},
): Parsed<T> {
  const parser = new Parser(table, args);
  while (parser.more()) parser.step(posixlyCorrect);
  return parser.parsed<T>();
}

/** Parses as parseOptions does, but skips what it cannot parse. Never throws. */
export function parseLeniently<T extends OptionTable>(
  table: T,
  args: readonly string[],
): Parsed<T> {
  const parser = new Parser(table, args);
  while (parser.more()) {
    try {
      parser.step(false);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  }
  return parser.parsed<T>();
}

class Parser {
  readonly operands: string[] = [];
  readonly order: string[] = [];
  readonly values: Record<string, unknown> = {};
  readonly notices: string[] = [];
  readonly #table: OptionTable;
  readonly #args: string[];
  #unclear: string | undefined;

  constructor(table: OptionTable, args: readonly string[]) {
    this.#table = table;
    this.#args = [...args];
    for (const [name, { kind }] of Object.entries(table)) {
      this.values[name] = kind === 'flag' ? false : kind === 'count' ? 0 : undefined;
    }
  }

  parsed<T extends OptionTable>(): Parsed<T> {
    const { order, operands, notices } = this;
    const unclear = this.#unclear;
    return { values: this.values as OptionValues<T>, order, operands, notices, unclear };
  }

  more(): boolean {
    return this.#args.length > 0 && !this.#isFinished();
  }

  step(posixlyCorrect: boolean): void {
    const arg = this.#args.shift() as string;
    if (arg === '--') this.#takeRest();
    else if (arg.startsWith('--')) this.#long(arg.slice(2));
    else if (arg.startsWith('-') && arg !== '-') this.#letters(arg.slice(1));
    else {
      this.operands.push(arg);
      if (posixlyCorrect) this.#takeRest();
    }
  }

  /** Whether a final option was parsed: nothing after it counts, not even letters joined to it. */
  #isFinished(): boolean {
    return this.order.some((name) => this.#table[name]?.isFinal);
  }

  #takeRest(): void {
    this.operands.push(...this.#args.splice(0));
  }

  #long(text: string): void {
    const [, word = '', , inline] = /^([^=]*)(=(.*))?$/s.exec(text) ?? [];
    const name = this.#find(word, text);
    const option = this.#table[name] as Option;
    if (option.kind !== 'value') {
      if (inline !== undefined) {
        throw new UsageError(`option '--${option.long}' doesn't allow an argument`);
      }
      this.#set(name, option, '');
      return;
    }
    const value = inline ?? this.#args.shift();
    if (value === undefined) throw new UsageError(`option '--${option.long}' requires an argument`);
    this.#set(name, option, value);
  }

  /** The name of the option with this long form, in full or abbreviated. */
  #find(word: string, text: string): string {
    const names = Object.keys(this.#table).filter((name) => this.#table[name]?.long !== undefined);
    const exact = names.find((name) => this.#table[name]?.long === word);
    if (exact !== undefined) return exact;
    const all = names.filter((name) => this.#table[name]?.long?.startsWith(word));
    // pmap's options are the ones with a short form. An abbreviation that pmap accepts must keep its
    // meaning: `--s` is `--show-path`, whatever other long options tsmap has.
    const ofPmap = all.filter((name) => this.#table[name]?.short !== undefined);
    const matches = ofPmap.length > 0 ? ofPmap : all;
    const [only] = matches;
    if (only === undefined) throw new UsageError(`unrecognized option '--${text}'`);
    if (matches.length === 1) return only;
    const list = matches.map((name) => `'--${this.#table[name]?.long}'`).join(' ');
    throw new UsageError(`option '--${text}' is ambiguous; possibilities: ${list}`);
  }

  #letters(letters: string): void {
    for (let i = 0; i < letters.length && !this.#isFinished(); i++) {
      const letter = letters.charAt(i);
      const entry = Object.entries(this.#table).find(([, { short }]) => short === letter);
      if (entry === undefined) throw new UsageError(`invalid option -- '${letter}'`);
      const [name, option] = entry;
      if (option.kind !== 'value') {
        this.#set(name, option, '');
        continue;
      }
      const value = letters.slice(i + 1) || this.#args.shift();
      if (value === undefined) {
        throw new UsageError(`option requires an argument -- '${letter}'`);
      }
      this.#set(name, option, value);
      return;
    }
  }

  /** @throws UsageError for a second value: one of the two would be ignored. */
  #set(name: string, option: Option, text: string): void {
    const isGiven = this.values[name] !== undefined;
    const isSecond = option.kind === 'value' && !('isList' in option) && isGiven;
    if (isSecond) {
      const [spelling] = spellings(option).slice(-1);
      const instead = option.insteadOfTwo === undefined ? '' : `: ${option.insteadOfTwo}`;
      throw new UsageError(`option '${spelling}' is given twice${instead}`);
    }
    this.order.push(name);
    if (option.notice !== undefined) this.notices.push(option.notice);
    if (option.kind === 'value') this.#unclear ??= option.noticeFor?.(text);
    if (option.kind === 'flag') this.values[name] = true;
    else if (option.kind === 'count') this.values[name] = Number(this.values[name]) + 1;
    else if ('isList' in option) {
      const before = (this.values[name] ?? []) as readonly unknown[];
      this.values[name] = [...before, option.parse(text)];
    } else this.values[name] = option.parse(text);
  }
}
