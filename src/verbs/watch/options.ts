import type { OptionTable, OptionValues } from '../../cli/options/option.ts';
import { choice, flag, positive, value } from '../../cli/options/option-kinds.ts';
import { duration } from '../../cli/options/quantity-options.ts';
import {
  COLOR,
  FORMAT_OPTIONS,
  HELP,
  PROCESS_OPTIONS,
  SIZE_OPTIONS,
} from '../../cli/options/shared-options.ts';
import type { MoverGrouping } from '../../model/watch/watch-reading.ts';

const GROUPINGS: readonly MoverGrouping[] = ['kind', 'mapping'];

/** The options of `tsmap watch`. */
export const WATCH_OPTIONS = {
  interval: duration('interval', 'time from one reading to the next (default 5s)'),
  count: positive('count', 'readings', 'end after N readings'),
  untilExit: flag({ long: 'until-exit' }, 'end with the last process, do not wait for others'),
  columns: value(
    { long: 'columns', metavar: 'LIST', insteadOfTwo: 'separate figures with commas' },
    'follow these figures: rss,pss,uss,swap by default; +NAME adds one, -NAME removes one',
    (text) => text,
  ),
  quick: flag({ long: 'quick' }, 'read only status: fast for a huge process, less exact'),
  by: choice<MoverGrouping>(
    'by',
    GROUPINGS,
    'also show what changed most; this reads all of smaps',
  ),
  top: positive('top', 'rows', 'how many rows of what changed most (default 5)'),
  plain: flag({ long: 'plain' }, 'write rows on a terminal too, do not redraw the screen'),
  quiet: flag({ short: 'q', long: 'quiet' }, 'leave out the heading and the last lines'),
  ...SIZE_OPTIONS,
  ...FORMAT_OPTIONS,
  ...PROCESS_OPTIONS,
  color: COLOR,
  help: HELP,
} satisfies OptionTable;

/** The options that a command line of `tsmap watch` set. */
export type WatchOptions = OptionValues<typeof WATCH_OPTIONS>;
