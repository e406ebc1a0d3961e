import type { Verb, Verbs } from '../cli/verb.ts';

/** THE registry of verbs: one line each, and one file. */
export const VERBS: Verbs = {
  summary: {
    synopsis: '[options] PID...',
    help: 'how much is really used, and by what',
    load: () => import('../verbs/summary/summary.ts'),
  },
  watch: {
    synopsis: '[options] PID...',
    help: 'memory over time, every few seconds',
    load: () => import('../verbs/watch/watch.ts'),
  },
  record: {
    synopsis: 'PID... -o FILE',
    help: 'samples to a file, to look at them later',
    load: () => import('../verbs/record/record.ts'),
  },
  diff: {
    synopsis: '[options] BEFORE [AFTER]',
    help: 'what grew between two looks at a process',
    load: () => import('../verbs/diff/diff.ts'),
  },
  check: {
    synopsis: '[options] PID...',
    help: 'whether memory keeps within limits',
    load: () => import('../verbs/check/check.ts'),
  },
  completion: {
    synopsis: 'bash|zsh|fish',
    help: 'print a completion script for a shell',
    load: () => import('../verbs/completion/completion.ts'),
  },
};

/** The verb that an argument names, if it names one. */
export function findVerb(word: string | undefined): Verb | undefined {
  return word !== undefined && Object.hasOwn(VERBS, word) ? VERBS[word] : undefined;
}
