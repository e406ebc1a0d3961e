import type { LayoutName } from '../format/pmap-layouts.ts';
import { LAYOUT_NAMES } from '../format/pmap-layouts.ts';
import { UsageError } from '../model/usage-error.ts';

/** How the program was called. */
export interface Invocation {
  /** `tsmap`, or `pmap` through a link of that name. */
  readonly name: 'tsmap' | 'pmap';
  /** Arguments behind the program's name. */
  readonly args: readonly string[];
  /**
   * The layout where `--layout` does not say: TSMAP_LAYOUT, else that of the name.
   *
   * @throws UsageError on a TSMAP_LAYOUT that is none.
   */
  layout(): LayoutName;
  readonly posixlyCorrect: boolean;
  /** The user's home directory, as the environment has it. */
  readonly home: string | undefined;
}

/** What the program's name and environment say. */
export function readInvocation(argv: readonly string[], env: NodeJS.ProcessEnv): Invocation {
  const name = calledName(argv);
  return {
    name,
    args: argv.slice(2),
    layout: () => layoutFrom(env['TSMAP_LAYOUT']) ?? (name === 'pmap' ? 'procps' : 'classic'),
    posixlyCorrect: env['POSIXLY_CORRECT'] !== undefined,
    home: env['HOME'],
  };
}

/** The name that the program answers to: the last part of its path, links not followed. */
export function calledName(argv: readonly string[]): Invocation['name'] {
  return argv[1]?.split('/').at(-1) === 'pmap' ? 'pmap' : 'tsmap';
}

function layoutFrom(text: string | undefined): LayoutName | undefined {
  if (text === undefined || text === '') return undefined;
  const found = LAYOUT_NAMES.find((name) => name === text);
  if (found !== undefined) return found;
  throw new UsageError(`TSMAP_LAYOUT: '${text}' is none of ${LAYOUT_NAMES.join(', ')}`);
}
