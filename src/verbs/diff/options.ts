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
import { UsageError } from '../../model/errors/usage-error.ts';

function parsePid(text: string): number {
  const [pid] = parsePids([text]);
  if (pid === undefined) throw new UsageError(`--pid: '${text}' is not a process id`);
  return pid;
}

/** The options of `tsmap diff`. */
export const DIFF_OPTIONS = {
  after: duration('after', 'compare a process with itself after this time'),
  pid: value({ long: 'pid', metavar: 'PID' }, 'compare only this process of a recording', parsePid),
  unchanged: flag({ long: 'unchanged' }, 'also show rows in which nothing changed'),
  exitStatus: flag({ long: 'exit-status' }, 'exit with status 3 if any row grew'),
  moreThan: size('more-than', 'with --exit-status: only if a row grew by more than this'),
  quiet: QUIET,
  ...ROW_OPTIONS,
  sort: {
    ...ROW_OPTIONS.sort,
    help: 'sort by the change in these columns, separated by commas; -NAME sorts in descending order',
  },
  ...SIZE_OPTIONS,
  ...FORMAT_OPTIONS,
  procRoot: PROC_ROOT,
  color: COLOR,
  help: HELP,
} satisfies OptionTable;

/** The option values of `tsmap diff`. */
export type DiffOptions = OptionValues<typeof DIFF_OPTIONS>;
