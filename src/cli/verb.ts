import type { Invocation } from './invocation.ts';
import type { OptionTable, OptionValues } from './options/option.ts';

/** A verb: what `tsmap VERB ...` does. Verbs are words and processes are numbers, so they never clash. */
export interface Verb {
  /** One line for `tsmap --help`. */
  readonly help: string;
  /** Operands and options as help shows them. */
  readonly synopsis: string;
  /** Loads the verb's code and options; a run loads those of the verb that it runs and no others. */
  load(): Promise<VerbModule>;
}

/** Verbs by name. */
export type Verbs = Readonly<Record<string, Verb>>;

/** All that the program can be asked to do; handed to what describes it, help and completion. */
export interface Registry {
  /** The memory map, the verb without a name. */
  readonly map: VerbModule;
  readonly verbs: Verbs;
}

/** A verb's command line, parsed. */
export interface VerbArguments<T extends OptionTable = OptionTable> {
  readonly invocation: Invocation;
  readonly options: OptionValues<T>;
  /** The names of the options in the order in which they were given. */
  readonly order: readonly string[];
  readonly operands: readonly string[];
  readonly registry: Registry;
}

/** What the main file of a verb exports as `verb`. */
export interface VerbModule<T extends OptionTable = OptionTable> {
  /** The options that the verb takes; every table has HELP, which the dispatch answers. */
  readonly options: T;
  /** Does the work and returns the exit status. */
  run(call: VerbArguments<T>): number | Promise<number>;
  /**
   * Answers an error in the verb's own way, for a caller that expects another form than a line on
   * stderr, and returns the exit status; undefined where the usual way is right. `args` are the
   * arguments behind the verb, which may be what is wrong.
   */
  answerError?(error: unknown, args: readonly string[]): number | undefined;
}
