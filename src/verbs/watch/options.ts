import type { OptionTable, OptionValues } from '../../cli/options/option.ts';
import { choice, flag, positive } from '../../cli/options/option-kinds.ts';
import { duration } from '../../cli/options/option-measures.ts';
import {
  COLOR,
  FORMAT_OPTIONS,
  HELP,
  PROCESS_OPTIONS,
  SIZE_OPTIONS,
} from '../../cli/options/shared-options.ts';
import type { MoverGrouping } from '../../model/watch-reading.ts';

const GROUPINGS: readonly MoverGrouping[] = ['kind', 'mapping'];

/** The options of `tsmap watch`. */
export const WATCH_OPTIONS = {
  interval: duration('interval', 'time from one reading to the next; 5s unless it is given'),
  count: positive('count', 'readings', 'end after N readings'),
  untilExit: flag({ long: 'until-exit' }, 'end when the last process has, do not wait for others'),
  by: choice<MoverGrouping>(
    'by',
    GROUPINGS,
    'tell what moved most as well; this reads all of smaps',
  ),
  top: positive('top', 'rows', 'how much of what moved; 5 unless it is given'),
  plain: flag({ long: 'plain' }, 'rows one below the other on a terminal as well'),
  quiet: flag({ short: 'q', long: 'quiet' }, 'leave out column heading and last lines'),
  ...SIZE_OPTIONS,
  ...FORMAT_OPTIONS,
  ...PROCESS_OPTIONS,
  color: COLOR,
  help: HELP,
} satisfies OptionTable;

/** What a command line of `tsmap watch` set. */
export type WatchOptions = OptionValues<typeof WATCH_OPTIONS>;
