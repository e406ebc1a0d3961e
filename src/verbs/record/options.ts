import type { OptionTable, OptionValues } from '../../cli/options/option.ts';
import { choice, flag, positive, value } from '../../cli/options/option-kinds.ts';
import { duration, size } from '../../cli/options/quantity-options.ts';
import { HELP, PROCESS_OPTIONS } from '../../cli/options/shared-options.ts';
import { DETAILS, type Detail } from '../../model/detail.ts';

/** The groups that can be recorded instead of all mappings. */
const GROUPS = DETAILS.filter((each): each is Exclude<Detail, 'all'> => each !== 'all');

/** The options of `tsmap record`. */
export const RECORD_OPTIONS = {
  output: value(
    { short: 'o', long: 'output', metavar: 'FILE' },
    'write to FILE, compressed if it ends in .gz or .zst',
    (text) => text,
  ),
  interval: duration('interval', 'time between samples (default 10s)'),
  count: positive('count', 'samples', 'end after N samples of each process'),
  duration: duration('duration', 'end after this time'),
  by: choice(
    'by',
    GROUPS,
    'record only sums: for each file or label, each kind of memory, or the process',
  ),
  append: flag({ long: 'append' }, 'continue a recording of the same processes'),
  force: flag({ long: 'force' }, 'replace FILE if it exists'),
  maxSize: size('max-size', 'begin a new file at about this size; the old one becomes FILE.1', 1),
  quiet: flag({ short: 'q', long: 'quiet' }, 'hide progress and warnings about missed samples'),
  ...PROCESS_OPTIONS,
  help: HELP,
} satisfies OptionTable;

/** The option values of `tsmap record`. */
export type RecordOptions = OptionValues<typeof RECORD_OPTIONS>;
