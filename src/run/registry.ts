import type { Registry, Verb } from '../cli/verb.ts';
import { verb as map } from '../verbs/map/map.ts';

/** THE registry of verbs. To add a verb, add a folder to src/verbs and an entry here. */
export const REGISTRY: Registry = {
  map,
  verbs: {
    summary: {
      synopsis: '[options] PID...',
      help: 'show how much is really used, and by what',
      load: async () => (await import('../verbs/summary/summary.ts')).verb,
    },
    watch: {
      synopsis: '[options] PID...',
      help: 'show memory over time',
      load: async () => (await import('../verbs/watch/watch.ts')).verb,
    },
    record: {
      synopsis: 'PID... -o FILE',
      help: 'record samples to a file',
      load: async () => (await import('../verbs/record/record.ts')).verb,
    },
    diff: {
      synopsis: '[options] BEFORE [AFTER]',
      help: 'show what grew between two samples',
      load: async () => (await import('../verbs/diff/diff.ts')).verb,
    },
    check: {
      synopsis: '[options] PID...',
      help: 'check whether memory stays within limits',
      load: async () => (await import('../verbs/check/check.ts')).verb,
    },
    completion: {
      synopsis: 'bash|zsh|fish',
      help: 'print a completion script for a shell',
      load: async () => (await import('../verbs/completion/completion.ts')).verb,
    },
  },
};

/** The verb that is called `word`, if there is one. */
export function findVerb(word: string | undefined): Verb | undefined {
  const { verbs } = REGISTRY;
  return word !== undefined && Object.hasOwn(verbs, word) ? verbs[word] : undefined;
}
