import { FORMATS, type MachineFormatName } from '../../format/machine/formats.ts';
import { GROUPINGS, type Grouping } from '../../model/grouping.ts';
import { UsageError } from '../../model/usage-error.ts';
import { type PositionInRecording, parsePosition } from '../../recording/read/position.ts';
import type { ColorWhen } from '../../terminal/color.ts';
import type { OptionTable, OptionValues } from './option.ts';
import { choice, flag, positive, value } from './option-kinds.ts';

const COLOR_WHEN: readonly ColorWhen[] = ['auto', 'always', 'never'];

/** How a report can be written: as text for people, or as one of the formats of the registry. */
export type FormatName = 'text' | MachineFormatName;
const FORMAT_NAMES: readonly FormatName[] = [
  'text',
  ...(Object.keys(FORMATS) as MachineFormatName[]),
];

/** The format that `--json` or `--format` chooses; text if neither is given. */
export function formatOf<Name extends string>({
  json,
  format,
}: {
  readonly json: boolean;
  readonly format: Name | undefined;
}): Name | 'json' | 'text' {
  return json ? 'json' : (format ?? 'text');
}

function parseRegex(text: string): RegExp {
  try {
    return new RegExp(text, 'su');
  } catch (error) {
    throw new UsageError(`--name: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseMoment(text: string): PositionInRecording {
  const position = parsePosition(text);
  if (position !== undefined) return position;
  throw new UsageError(
    `--at: '${text}' is no moment (first, last, a number from 1, 2026-11-22T10:00, 2026-11-22T10:00:05Z)`,
  );
}

const asIs = (text: string): string => text;
const directory = (text: string): string => (/^\/+$/.test(text) ? '/' : text.replace(/\/+$/, ''));

/** Leaves out headings and totals. */
export const QUIET = flag({ short: 'q', long: 'quiet' }, 'omit column headings and totals');

/**
 * Which rows and columns a table shows, and in which order.
 *
 * Kinds (a column, a filter, a grouping) need smaps, which is read of a process wherever they are
 * asked for. A saved maps will do, by names and permissions alone: reserved huge pages whose name does
 * not tell what they are count as files or anonymous memory then.
 */
export const ROW_OPTIONS = {
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
    "only mappings that match, e.g. 'rss>1M and mapping~libc'",
    asIs,
  ),
  top: positive('top', 'rows', 'only the first N rows'),
  groupBy: choice<Grouping>('group-by', GROUPINGS, 'one row for each group of mappings'),
} satisfies OptionTable;

/** Totals instead of rows. */
export const TOTAL = flag({ long: 'total' }, 'totals only; with one column a bare number in KiB');

/** How sizes are written; KiB without either. */
export const SIZE_OPTIONS = {
  human: flag({ long: 'human' }, 'sizes with units, e.g. 1.5 MiB'),
  bytes: flag({ long: 'bytes' }, 'sizes in bytes'),
} satisfies OptionTable;

/** The format of a report; text without either. */
export const FORMAT_OPTIONS = {
  format: choice<FormatName>('format', FORMAT_NAMES, 'format of the report'),
  json: flag({ long: 'json' }, 'the same as --format json'),
} satisfies OptionTable;

/** A file that is read instead of processes. */
export const FILE_OPTIONS = {
  from: value(
    { long: 'from', metavar: 'FILE' },
    "read a recording, or a saved maps or smaps file, instead of a process; '-' is standard input",
    asIs,
  ),
  at: value(
    { long: 'at', metavar: 'MOMENT' },
    'which moment of a recording: first, last (the default), a number, or the last before a time',
    parseMoment,
  ),
} satisfies OptionTable;

/** Processes that are described instead of listed by number. */
export const DESCRIPTION_OPTIONS = {
  name: value(
    { long: 'name', metavar: 'REGEX' },
    'processes whose name matches, as in pgrep',
    parseRegex,
  ),
  full: flag({ long: 'full' }, 'match --name against the whole command line'),
  user: value({ long: 'user', metavar: 'NAME' }, 'processes of this user (name or number)', asIs),
  children: flag({ long: 'children' }, 'also their children, and the children of those'),
  all: flag({ long: 'all' }, 'all processes'),
} satisfies OptionTable;

/** The directory that is read instead of /proc. */
export const PROC_ROOT = value(
  { long: 'proc-root', metavar: 'DIR' },
  'read DIR instead of /proc',
  directory,
);

/** The options of verbs that read live processes alone. */
export const PROCESS_OPTIONS = {
  ...DESCRIPTION_OPTIONS,
  procRoot: PROC_ROOT,
} satisfies OptionTable;

/** When the report is coloured. */
export const COLOR = choice<ColorWhen>(
  'color',
  COLOR_WHEN,
  'colour the report; auto: on a terminal',
);

/** Every table of options has it: what follows it on the command line is not looked at. */
export const HELP = flag({ short: 'h', long: 'help', isFinal: true }, 'show this help and exit');

/** The values of the options that say what is read. */
export type SourceOptions = OptionValues<typeof FILE_OPTIONS & typeof DESCRIPTION_OPTIONS>;

/** The values of the options that describe processes. */
export type DescriptionOptions = OptionValues<typeof DESCRIPTION_OPTIONS>;

/** The values of PROCESS_OPTIONS. */
export type ProcessOptions = OptionValues<typeof PROCESS_OPTIONS>;
