import { FORMATS, type MachineFormatName } from '../../format/machine/formats.ts';
import { LAYOUT_NAMES, type LayoutName } from '../../format/pmap-layouts.ts';
import { GROUPINGS, type Grouping } from '../../model/grouping.ts';
import { UsageError } from '../../model/usage-error.ts';
import { type At, parseAt } from '../../recording/read/position.ts';
import type { OptionTable, OptionValues } from './option.ts';
import { choice, count, flag, positive, value } from './option-kinds.ts';
import { parseRange } from './range.ts';

/** When text is coloured. */
export type ColorWhen = 'auto' | 'always' | 'never';
const COLOR_WHEN: readonly ColorWhen[] = ['auto', 'always', 'never'];

/** How a report can be written: as text for people, or as one of the formats of the registry. */
export type FormatName = 'text' | MachineFormatName;
const FORMAT_NAMES: readonly FormatName[] = [
  'text',
  ...(Object.keys(FORMATS) as MachineFormatName[]),
];

function parseRegex(text: string): RegExp {
  try {
    return new RegExp(text, 'su');
  } catch (error) {
    throw new UsageError(`--name: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseMoment(text: string): At {
  const at = parseAt(text);
  if (at !== undefined) return at;
  throw new UsageError(
    `--at: '${text}' is no moment (first, last, a number from 1, 2026-11-22T10:00, 2026-11-22T10:00:05Z)`,
  );
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
  columns: value(
    { long: 'columns', metavar: 'LIST' },
    "show these columns; +NAME adds one to the report's, -NAME drops one; 'help' lists them",
    asIs,
  ),
  sort: value(
    { long: 'sort', metavar: 'KEYS' },
    'sort by these columns, separated by commas; -NAME is descending',
    asIs,
  ),
  filter: value(
    { long: 'filter', metavar: 'EXPR' },
    "only mappings for which it holds, e.g. 'rss>1M and mapping~libc'",
    asIs,
  ),
  top: positive('top', 'rows', 'only the first N rows'),
  groupBy: choice<Grouping>('group-by', GROUPINGS, 'one row for all mappings that are alike'),
  total: flag({ long: 'total' }, 'totals only; with one column a bare number in KiB'),
  human: flag({ long: 'human' }, 'sizes with units, e.g. 1.5 MiB'),
  bytes: flag({ long: 'bytes' }, 'sizes in bytes'),
  format: choice<FormatName>('format', FORMAT_NAMES, 'how the report is written'),
  json: flag({ long: 'json' }, 'the same as --format json'),
  from: value(
    { long: 'from', metavar: 'FILE' },
    "read a recording, or a saved maps or smaps file, instead of a process; '-' is standard input",
    asIs,
  ),
  at: value(
    { long: 'at', metavar: 'MOMENT' },
    'the moment of a recording: first, last (the default), its number, or the last before a time',
    parseMoment,
  ),
  name: value(
    { long: 'name', metavar: 'REGEX' },
    'processes whose name matches, as pgrep',
    parseRegex,
  ),
  full: flag({ long: 'full' }, '--name looks at the whole command line'),
  user: value({ long: 'user', metavar: 'NAME' }, 'processes of this user (name or number)', asIs),
  children: flag({ long: 'children' }, 'their children as well, and theirs'),
  all: flag({ long: 'all' }, 'all processes'),
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
