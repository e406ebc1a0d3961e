/** When text is coloured. */
export type ColorWhen = 'auto' | 'always' | 'never';

/**
 * Whether to colour text: `--color` decides, then NO_COLOR (unless empty), FORCE_COLOR, TERM=dumb, and
 * last whether the output is a terminal. Source: no-color.org, force-color.org.
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
