import { FORMATS, type MachineFormatName } from '../../format/machine/formats.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { GROUPINGS, type Grouping } from '../../model/grouping.ts';
import { type PositionInRecording, parsePosition } from '../../recording/read/position.ts';
import type { ColorWhen } from '../../terminal/color.ts';
import type { OptionTable, OptionValues } from './option.ts';
import { choice, flag, list, positive, value } from './option-kinds.ts';

const COLOR_WHEN: readonly ColorWhen[] = ['auto', 'always', 'never'];

/** A format of reports: text for people, or a format for programs, which FORMATS lists. */
export type FormatName = 'text' | MachineFormatName;
const FORMAT_NAMES: readonly FormatName[] = [
  'text',
  ...(Object.keys(FORMATS) as MachineFormatName[]),
];

/** The format chosen by `--json` or `--format`; text if neither is given. */
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
    `--at: '${text}' is not a moment (first, last, a number from 1, 2026-11-22T10:00, 2026-11-22T10:00:05Z)`,
  );
}

const asIs = (text: string): string => text;
const directory = (text: string): string => (/^\/+$/.test(text) ? '/' : text.replace(/\/+$/, ''));

/** Omits headings and totals. */
export const QUIET = flag({ short: 'q', long: 'quiet' }, 'omit column headings and totals');

/**
 * The rows and columns that a table shows, and their order.
 *
 * A column, filter or grouping of kinds needs smaps, which is read of a live process whenever kinds are
 * asked for. A saved maps file will do, by names and permissions alone; reserved huge pages whose name
 * does not show what they are then count as files or as anonymous memory.
 */
export const ROW_OPTIONS = {
  columns: value(
    { long: 'columns', metavar: 'LIST', insteadOfTwo: 'separate columns with commas' },
    "show these columns; +NAME adds a column, -NAME removes one; 'help' lists all columns",
    asIs,
  ),
  sort: value(
    { long: 'sort', metavar: 'KEYS', insteadOfTwo: 'separate columns with commas' },
    'sort by these columns, separated by commas; -NAME sorts in descending order',
    asIs,
  ),
  filter: value(
    { long: 'filter', metavar: 'EXPR', insteadOfTwo: "join both with 'and' or 'or'" },
    "show only mappings that match, e.g. 'rss>1M and mapping~libc'",
    asIs,
  ),
  top: positive('top', 'rows', 'show only the first N rows'),
  groupBy: choice<Grouping>('group-by', GROUPINGS, 'show one row for each group of mappings'),
} satisfies OptionTable;

/** Shows totals instead of rows. */
export const TOTAL = flag({ long: 'total' }, 'show only totals; with one column, a number in KiB');

/** Units of sizes; KiB if neither is given. */
export const SIZE_OPTIONS = {
  human: flag({ long: 'human' }, 'show sizes with units, e.g. 1.5 MiB'),
  bytes: flag({ long: 'bytes' }, 'show sizes in bytes'),
} satisfies OptionTable;

/** The format of a report; text if neither is given. */
export const FORMAT_OPTIONS = {
  format: choice<FormatName>('format', FORMAT_NAMES, 'format of the report'),
  json: flag({ long: 'json' }, 'the same as --format json'),
} satisfies OptionTable;

/** A file to read instead of processes. */
export const FILE_OPTIONS = {
  from: list(
    value(
      { long: 'from', metavar: 'FILE' },
      "read a recording, or a saved maps or smaps file, instead of a process; '-' is standard input",
      asIs,
    ),
  ),
  at: value(
    { long: 'at', metavar: 'MOMENT' },
    'moment of a recording to read: first, last (default), a number, or the last before a time',
    parseMoment,
  ),
} satisfies OptionTable;

/** Processes chosen by a description instead of their ids. */
export const DESCRIPTION_OPTIONS = {
  name: value(
    { long: 'name', metavar: 'REGEX', insteadOfTwo: "'A|B' matches either" },
    'processes whose name matches, as in pgrep',
    parseRegex,
  ),
  full: flag({ long: 'full' }, 'match --name against the whole command line'),
  user: value({ long: 'user', metavar: 'NAME' }, 'processes of this user (name or number)', asIs),
  children: flag({ long: 'children' }, 'also all descendants of these processes'),
  all: flag({ long: 'all' }, 'all processes'),
} satisfies OptionTable;

/** A directory to read instead of /proc, such as a copy of one. */
export const PROC_ROOT = value(
  { long: 'proc-root', metavar: 'DIR' },
  'read DIR instead of /proc',
  directory,
);

/** Choice of processes for verbs that read only live processes, not files. */
export const PROCESS_OPTIONS = {
  ...DESCRIPTION_OPTIONS,
  procRoot: PROC_ROOT,
} satisfies OptionTable;

/** When to colour the report. */
export const COLOR = choice<ColorWhen>(
  'color',
  COLOR_WHEN,
  'colour the report; auto: only on a terminal',
);

/** `--help`, in the option table of every verb; it ends the parsing, so mistakes after it do not matter. */
export const HELP = flag({ short: 'h', long: 'help', isFinal: true }, 'show this help and exit');

/** Values of the options that choose what to read: a file, or processes by description. */
export type SourceOptions = OptionValues<typeof FILE_OPTIONS & typeof DESCRIPTION_OPTIONS>;

/** The values of PROCESS_OPTIONS. */
export type ProcessOptions = OptionValues<typeof PROCESS_OPTIONS>;
