import { fstatSync } from 'node:fs';
import { PLAIN_STYLE, type Style } from '../format/style.ts';

/** When text is coloured. */
export type ColorWhen = 'auto' | 'always' | 'never';

const STDOUT = 1;

/**
 * Whether text is coloured: `--color` first, then NO_COLOR (any text but the empty one), FORCE_COLOR,
 * TERM=dumb, and at last whether stdout is a terminal.
 */
export function wantsColor(
  when: ColorWhen | undefined,
  env: NodeJS.ProcessEnv,
  isTerminal: boolean,
): boolean {
  if (when === 'always' || when === 'never') return when === 'always';
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** Major number of /dev/null and its like; terminals have others. */
const MEMORY_DEVICES = 1;

/**
 * Whether stdout is a terminal. The module that knows (tty, with the whole of net behind it) costs
 * 4 ms to load: it is asked only where stdout can be a terminal at all.
 */
export async function isStdoutTerminal(): Promise<boolean> {
  if (!mayBeTerminal()) return false;
  const { isatty } = await import('node:tty');
  return isatty(STDOUT);
}

function mayBeTerminal(): boolean {
  try {
    const stdout = fstatSync(STDOUT);
    return stdout.isCharacterDevice() && stdout.rdev >> 8 !== MEMORY_DEVICES;
  } catch {
    return false;
  }
}

/** The style for text on stdout; chalk is loaded only where there is colour. */
export async function chooseStyle(when: ColorWhen | undefined): Promise<Style> {
  const onTerminal = await isStdoutTerminal();
  if (!wantsColor(when, process.env, onTerminal)) return { ...PLAIN_STYLE, onTerminal };
  const { chalkStyle } = await import('./chalk-style.ts');
  return chalkStyle(onTerminal);
}
