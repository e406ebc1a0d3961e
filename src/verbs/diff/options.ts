import type { OptionTable, OptionValues } from '../../cli/options/option.ts';
import { flag, value } from '../../cli/options/option-kinds.ts';
import { parsePids } from '../../cli/options/pid-operands.ts';
import { duration, size } from '../../cli/options/quantity-options.ts';
import {
  COLOR,
  FORMAT_OPTIONS,
  HELP,
  PROC_ROOT,
  QUIET,
  ROW_OPTIONS,
  SIZE_OPTIONS,
} from '../../cli/options/shared-options.ts';
import { UsageError } from '../../model/usage-error.ts';

function parsePid(text: string): number {
  const [pid] = parsePids([text]);
  if (pid === undefined) throw new UsageError(`--pid: '${text}' is not a process id`);
  return pid;
}

/** The options of `tsmap diff`. */
export const DIFF_OPTIONS = {
  after: duration('after', 'compare one process with itself after this time'),
  pid: value(
    { long: 'pid', metavar: 'PID' },
    'of a recording of several processes compare this one',
    parsePid,
  ),
  unchanged: flag({ long: 'unchanged' }, 'show rows in which nothing changed as well'),
  exitStatus: flag({ long: 'exit-status' }, 'end with status 3 where anything grew'),
  moreThan: size('more-than', 'with --exit-status: where anything grew by more than this'),
  quiet: QUIET,
  ...ROW_OPTIONS,
  sort: {
    ...ROW_OPTIONS.sort,
    help: 'sort by the change in these columns, separated by commas; -NAME is descending',
  },
  ...SIZE_OPTIONS,
  ...FORMAT_OPTIONS,
  procRoot: PROC_ROOT,
  color: COLOR,
  help: HELP,
} satisfies OptionTable;

/** What a command line of `tsmap diff` set. */
export type DiffOptions = OptionValues<typeof DIFF_OPTIONS>;
