import type { Invocation } from './invocation.ts';
import type { OptionTable } from './option.ts';
import { SUMMARY_OPTIONS } from './options.ts';

/** A verb: what `tsmap VERB ...` does. Words are verbs and numbers are processes, so they never clash. */
export interface Verb {
  /** What `--help` says. */
  readonly help: string;
  /** Operands and options as help shows them. */
  readonly synopsis: string;
  /** The options that may stand behind it; it takes none where there is no table. */
  readonly options?: OptionTable;
  /** Loads the verb's code, which runs with the arguments behind the verb and all verbs. */
  load(): Promise<{ run(invocation: Invocation, verbs: Verbs): number | Promise<number> }>;
}

/** Verbs by name. */
export type Verbs = Readonly<Record<string, Verb>>;

/** THE registry of verbs: one line each, and one file. */
export const VERBS: Verbs = {
  summary: {
    synopsis: '[options] PID...',
    help: 'how much is really used, and by what',
    options: SUMMARY_OPTIONS,
    load: () => import('./summary.ts'),
  },
  completion: {
    synopsis: 'bash|zsh|fish',
    help: 'print a completion script for a shell',
    load: () => import('./completion.ts'),
  },
};

/** The verb that an argument names, if it names one. */
export function findVerb(word: string | undefined): Verb | undefined {
  return word !== undefined && Object.hasOwn(VERBS, word) ? VERBS[word] : undefined;
}
