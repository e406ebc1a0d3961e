import { LAYOUT_NAMES, type LayoutName } from '../format/pmap-layouts.ts';
import type { CountOption, FlagOption, OptionTable, OptionValues, ValueOption } from './option.ts';
import { parseRange } from './range.ts';
import { UsageError } from './usage-error.ts';

/** When text is coloured. */
export type ColorWhen = 'auto' | 'always' | 'never';
const COLOR_WHEN: readonly ColorWhen[] = ['auto', 'always', 'never'];

type Spelling = Pick<FlagOption, 'short' | 'long' | 'group'>;

function flag(spelling: Spelling, help: string): FlagOption {
  return { kind: 'flag', ...spelling, help };
}

function count(spelling: Spelling, help: string): CountOption {
  return { kind: 'count', ...spelling, help };
}

function value<T>(
  spelling: Spelling & { readonly metavar: string },
  help: string,
  parse: (text: string) => T,
): ValueOption<T> {
  return { kind: 'value', ...spelling, help, parse };
}

function choice<T extends string>(long: string, choices: readonly T[], help: string) {
  const parse = (text: string): T => {
    const chosen = choices.find((each) => each === text);
    if (chosen !== undefined) return chosen;
    throw new UsageError(`--${long}: '${text}' is none of ${choices.join(', ')}`);
  };
  return { ...value({ long, metavar: 'WORD' }, help, parse), choices };
}

const asIs = (text: string): string => text;
const directory = (text: string): string => (/^\/+$/.test(text) ? '/' : text.replace(/\/+$/, ''));

/** THE table: one entry per option; parsing, `--help` and checks follow from it. */
export const OPTIONS = {
  extended: flag(
    { short: 'x', long: 'extended', group: 'report' },
    'show resident and dirty memory as well',
  ),
  device: flag(
    { short: 'd', long: 'device', group: 'report' },
    'show offset and device of the mapped files',
  ),
  detail: count(
    { short: 'X', group: 'report' },
    "show the kernel's own fields; -XX shows all of them",
  ),
  readRc: flag(
    { short: 'c', long: 'read-rc', group: 'report' },
    'show what the default rc file lists',
  ),
  readRcFrom: value(
    { short: 'C', long: 'read-rc-from', metavar: 'FILE', group: 'report' },
    'show what FILE lists',
    asIs,
  ),
  createRc: flag(
    { short: 'n', long: 'create-rc', group: 'report' },
    'make the default rc file, to edit it',
  ),
  createRcTo: value(
    { short: 'N', long: 'create-rc-to', metavar: 'FILE', group: 'report' },
    'make an rc file, to edit it',
    asIs,
  ),
  quiet: flag({ short: 'q', long: 'quiet' }, 'leave out column heading and totals'),
  showPath: flag({ short: 'p', long: 'show-path' }, 'show the full path of mapped files'),
  useKernelName: flag(
    { short: 'k', long: 'use-kernel-name' },
    "show the kernel's own names, such as [heap]",
  ),
  range: value(
    { short: 'A', long: 'range', metavar: 'LOW[,HIGH]' },
    'only mappings in this range of hexadecimal addresses',
    parseRange,
  ),
  sunos: flag({ short: 'r' }, 'accepted for SunOS compatibility, without effect'),
  layout: choice<LayoutName>(
    'layout',
    LAYOUT_NAMES,
    "pmap's layout: classic as in RHEL 6 and 7, procps as in procps-ng 4",
  ),
  procRoot: value({ long: 'proc-root', metavar: 'DIR' }, 'read DIR instead of /proc', directory),
  color: choice<ColorWhen>('color', COLOR_WHEN, 'colour the report; auto: on a terminal'),
  help: flag({ short: 'h', long: 'help' }, 'show this help and exit'),
  version: flag({ short: 'V', long: 'version' }, 'show the version and exit'),
} satisfies OptionTable;

/** What a command line set. */
export type Options = OptionValues<typeof OPTIONS>;

/** Options that act where they stand: what follows them is not looked at. */
export const FINAL_OPTIONS = ['help', 'version'] as const;

/** Checks that at most one option says which report is wanted. @throws UsageError. */
export function checkExclusive(options: Options): void {
  const group = Object.entries(OPTIONS).filter(([, { group }]) => group === 'report');
  const given = group.filter(([name]) => isGiven(options[name as keyof Options]));
  if (given.length < 2) return;
  const letters = group.map(([, { short }]) => `-${short}`);
  letters.sort((a, b) => a.localeCompare(b, 'en'));
  throw new UsageError(`options ${letters.join(', ')} are mutually exclusive`, 'message');
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && value !== 0;
}
