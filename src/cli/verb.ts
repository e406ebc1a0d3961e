import type { Invocation } from './invocation.ts';
import type { OptionTable, OptionValues } from './options/option.ts';

/**
 * An entry of the registry: `tsmap VERB ...`. Verbs are words and processes are numbers, so one is
 * never taken for the other.
 */
export interface Verb {
  /** One line for `tsmap --help`. */
  readonly help: string;
  /** Operands and options as help shows them. */
  readonly synopsis: string;
  /** Loads the verb's code and options. Each run loads a single verb, to start fast. */
  load(): Promise<VerbModule>;
}

/** Verbs by name. */
export type Verbs = Readonly<Record<string, Verb>>;

/** All verbs of the program. A value that is passed on, so that help and completion need not import it. */
export interface Registry {
  /** The memory map, which has no word of its own: `tsmap PID`. */
  readonly map: VerbModule;
  readonly verbs: Verbs;
}

/** The parsed command line of a verb. */
export interface VerbArguments<T extends OptionTable = OptionTable> {
  readonly invocation: Invocation;
  readonly options: OptionValues<T>;
  /** Names of the options in the order in which they were given. */
  readonly order: readonly string[];
  /** A message for stderr about an option, which verbs print once they know that they will run. */
  readonly unclear: string | undefined;
  readonly operands: readonly string[];
  readonly registry: Registry;
}

/** The export `verb` of a verb's main file, `verbs/NAME/NAME.ts`. */
export interface VerbModule<T extends OptionTable = OptionTable> {
  /** The verb's options. Every table has HELP, which run/dispatch.ts handles. */
  readonly options: T;
  /** Does the work and returns the exit status. */
  run(args: VerbArguments<T>): number | Promise<number>;
  /**
   * Reports an error in the verb's own way and returns the exit status, for a caller that expects
   * another form than a line on stderr; undefined if the usual way is right. `args` are the arguments
   * after the verb, unparsed, because the error may be in them.
   */
  answerError?(error: unknown, args: readonly string[]): number | undefined;
}
