import type { OptionTable, OptionValues } from '../../cli/options/option.ts';
import { flag } from '../../cli/options/option-kinds.ts';
import {
  COLOR,
  FILE_OPTIONS,
  FORMAT_OPTIONS,
  HELP,
  PROCESS_OPTIONS,
  QUIET,
  ROW_OPTIONS,
  SIZE_OPTIONS,
  TOTAL,
} from '../../cli/options/shared-options.ts';

/** The options of `tsmap summary`. */
export const SUMMARY_OPTIONS = {
  explain: flag({ long: 'explain' }, 'explain what each figure counts and when to use it'),
  totalsOnly: flag(
    { long: 'totals-only' },
    "read only the kernel's own totals: fast for a huge process",
  ),
  quiet: QUIET,
  ...ROW_OPTIONS,
  total: TOTAL,
  ...SIZE_OPTIONS,
  ...FORMAT_OPTIONS,
  ...FILE_OPTIONS,
  ...PROCESS_OPTIONS,
  color: COLOR,
  help: HELP,
} satisfies OptionTable;

/** The option values of `tsmap summary`. */
export type SummaryOptions = OptionValues<typeof SUMMARY_OPTIONS>;
