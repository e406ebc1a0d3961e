import type { Invocation } from './invocation.ts';
import type { OptionTable } from './options/option.ts';

/** A verb: what `tsmap VERB ...` does. Words are verbs and numbers are processes, so they never clash. */
export interface Verb {
  /** What `--help` says. */
  readonly help: string;
  /** Operands and options as help shows them. */
  readonly synopsis: string;
  /** Loads the verb's code and options, which start-up does without where it is not asked for. */
  load(): Promise<VerbModule>;
}

/** What the file of a verb exports. */
export interface VerbModule {
  /** The options that may stand behind it; it takes none where there is no table. */
  readonly options?: OptionTable;
  /** Runs with the arguments behind the verb, and all verbs. */
  run(invocation: Invocation, verbs: Verbs): number | Promise<number>;
}

/** Verbs by name. */
export type Verbs = Readonly<Record<string, Verb>>;
