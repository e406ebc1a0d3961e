import type { Invocation } from './invocation.ts';

/** A verb: what `tsmap VERB ...` does. Words are verbs and numbers are processes, so they never clash. */
export interface Verb {
  /** What `--help` says. */
  readonly help: string;
  /** Operands and options as help shows them. */
  readonly synopsis: string;
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
