import type { OptionTable, OptionValues } from '../../cli/options/option.ts';
import { choice, flag, positive, value } from '../../cli/options/option-kinds.ts';
import { duration, size } from '../../cli/options/quantity-options.ts';
import { HELP, PROCESS_OPTIONS } from '../../cli/options/shared-options.ts';
import { DETAILS, type Detail } from '../../model/detail.ts';

/** By what a recording is made smaller; all mappings where none is named. */
const SMALLER = DETAILS.filter((each): each is Exclude<Detail, 'all'> => each !== 'all');

/** The options of `tsmap record`. */
export const RECORD_OPTIONS = {
  output: value(
    { short: 'o', long: 'output', metavar: 'FILE' },
    'record to FILE; .gz and .zst compress',
    (text) => text,
  ),
  interval: duration('interval', 'how long from moment to moment (default 10s)'),
  count: positive('count', 'moments', 'end after N moments'),
  duration: duration('duration', 'end after this time'),
  by: choice('by', SMALLER, 'sums alone: per file or label, per kind of memory, of the process'),
  append: flag({ long: 'append' }, 'go on with a recording of the same processes'),
  force: flag({ long: 'force' }, 'replace FILE if it is there'),
  maxSize: size('max-size', 'begin a new file at about this size; the old one becomes FILE.1'),
  quiet: flag({ short: 'q', long: 'quiet' }, 'no progress, and no word of missed moments'),
  ...PROCESS_OPTIONS,
  help: HELP,
} satisfies OptionTable;

/** What a command line of `tsmap record` set. */
export type RecordOptions = OptionValues<typeof RECORD_OPTIONS>;
