import type { LayoutName } from '../format/pmap-layouts.ts';
import { LAYOUT_NAMES } from '../format/pmap-layouts.ts';
import { UsageError } from '../model/errors/usage-error.ts';

/** How the program was started: its name, its arguments and its environment. */
export interface Invocation {
  /** `tsmap`, or `pmap` through a link of that name. */
  readonly name: 'tsmap' | 'pmap';
  /** The arguments after the program's name. */
  readonly args: readonly string[];
  /**
   * The layout used without `--layout`: TSMAP_LAYOUT, or the default for the program's name.
   *
   * @throws UsageError if TSMAP_LAYOUT is not the name of a layout.
   */
  layout(): LayoutName;
  readonly posixlyCorrect: boolean;
  /** Digits of an address in pmap's layouts: fewer on 32-bit machines. */
  readonly addressWidth: 8 | 16;
  /** The user's home directory, from HOME. */
  readonly home: string | undefined;
}

/** Reads the invocation from the arguments and the environment of the process. */
export function readInvocation(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  arch: string,
): Invocation {
  const name = calledName(argv);
  return {
    name,
    args: argv.slice(2),
    layout: () => layoutFrom(env['TSMAP_LAYOUT']) ?? (name === 'pmap' ? 'procps' : 'classic'),
    posixlyCorrect: env['POSIXLY_CORRECT'] !== undefined,
    addressWidth: arch === 'arm' || arch === 'ia32' ? 8 : 16,
    home: env['HOME'],
  };
}

/** The name under which the program was started: the last part of its path, without following links. */
export function calledName(argv: readonly string[]): Invocation['name'] {
  return argv[1]?.split('/').at(-1) === 'pmap' ? 'pmap' : 'tsmap';
}

function layoutFrom(text: string | undefined): LayoutName | undefined {
  if (text === undefined || text === '') return undefined;
  const found = LAYOUT_NAMES.find((name) => name === text);
  if (found !== undefined) return found;
  throw new UsageError(`TSMAP_LAYOUT: '${text}' is not one of ${LAYOUT_NAMES.join(', ')}`);
}
