import { LAYOUT_NAMES, type LayoutName } from '../format/pmap-layouts.ts';
import type { FlagOption, OptionTable, OptionValues, ValueOption } from './option.ts';
import { parseRange } from './range.ts';
import { UsageError } from './usage-error.ts';

/** When text is coloured. */
export type ColorWhen = 'auto' | 'always' | 'never';
const COLOR_WHEN: readonly ColorWhen[] = ['auto', 'always', 'never'];

function flag(spelling: Pick<FlagOption, 'short' | 'long'>, help: string): FlagOption {
  return { kind: 'flag', ...spelling, help };
}

function choice<T extends string>(
  long: string,
  choices: readonly T[],
  help: string,
): ValueOption<T> {
  const parse = (text: string): T => {
    const chosen = choices.find((each) => each === text);
    if (chosen !== undefined) return chosen;
    throw new UsageError(`--${long}: '${text}' is none of ${choices.join(', ')}`);
  };
  return { kind: 'value', long, metavar: 'WORD', choices, help, parse };
}

function parseDirectory(text: string): string {
  return text === '/' ? text : text.replace(/\/+$/, '');
}

/** THE table: one entry per option; parsing, `--help` and checks follow from it. */
export const OPTIONS = {
  extended: flag({ short: 'x', long: 'extended' }, 'show resident and dirty memory as well'),
  device: flag({ short: 'd', long: 'device' }, 'show offset and device of the mapped files'),
  quiet: flag({ short: 'q', long: 'quiet' }, 'leave out column heading and totals'),
  showPath: flag({ short: 'p', long: 'show-path' }, 'show the full path of mapped files'),
  useKernelName: flag(
    { short: 'k', long: 'use-kernel-name' },
    "show the kernel's names, e.g. [heap], instead of [ anon ]",
  ),
  range: {
    kind: 'value',
    short: 'A',
    long: 'range',
    metavar: 'LOW[,HIGH]',
    help: 'only mappings in this range of hexadecimal addresses',
    parse: parseRange,
  } satisfies ValueOption<unknown>,
  layout: choice<LayoutName>(
    'layout',
    LAYOUT_NAMES,
    "pmap's layout: classic (RHEL 6 and 7) or procps (procps-ng 4); default $TSMAP_LAYOUT, else classic",
  ),
  procRoot: {
    kind: 'value',
    long: 'proc-root',
    metavar: 'DIR',
    help: 'read DIR instead of /proc',
    parse: parseDirectory,
  } satisfies ValueOption<string>,
  color: choice<ColorWhen>('color', COLOR_WHEN, 'colour the report; auto: on a terminal'),
  help: flag({ short: 'h', long: 'help' }, 'show this help and exit'),
  version: flag({ short: 'V', long: 'version' }, 'show the version and exit'),
} satisfies OptionTable;

/** What a command line set. */
export type Options = OptionValues<typeof OPTIONS>;

/** Options that act where they stand: what follows them is not looked at. */
export const FINAL_OPTIONS = ['help', 'version'] as const;
