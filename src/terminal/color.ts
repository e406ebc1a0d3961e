/** When text is coloured. */
export type ColorWhen = 'auto' | 'always' | 'never';

/**
 * Whether to colour text. In order of precedence: `--color`, NO_COLOR (unless empty), FORCE_COLOR,
 * TERM=dumb, and whether stdout is a terminal.
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
