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

/** Whether to colour text on a terminal, from `--color` and the environment. */
export function wantsTerminalColor(when: ColorWhen | undefined): boolean {
  return wantsColor(when, process.env, true);
}

/** Whether the terminal can be redrawn in place: TERM names one that is not dumb. */
export function canRedraw(): boolean {
  const { TERM } = process.env;
  return TERM !== undefined && TERM !== '' && TERM !== 'dumb';
}
