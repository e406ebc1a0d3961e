import type { OptionTable, OptionValues } from '../../cli/options/option.ts';
import { flag } from '../../cli/options/option-kinds.ts';
import { OPTIONS } from '../../cli/options/options.ts';

/** The options of `tsmap summary`. */
export const SUMMARY_OPTIONS = {
  explain: flag({ long: 'explain' }, 'say what each figure counts, and when to use it'),
  totalsOnly: flag(
    { long: 'totals-only' },
    "read the kernel's own totals alone: cheap on a huge process",
  ),
  quiet: OPTIONS.quiet,
  columns: OPTIONS.columns,
  sort: OPTIONS.sort,
  filter: OPTIONS.filter,
  top: OPTIONS.top,
  groupBy: OPTIONS.groupBy,
  total: OPTIONS.total,
  human: OPTIONS.human,
  bytes: OPTIONS.bytes,
  format: OPTIONS.format,
  json: OPTIONS.json,
  from: OPTIONS.from,
  at: OPTIONS.at,
  name: OPTIONS.name,
  full: OPTIONS.full,
  user: OPTIONS.user,
  children: OPTIONS.children,
  all: OPTIONS.all,
  procRoot: OPTIONS.procRoot,
  color: OPTIONS.color,
} satisfies OptionTable;

/** What a command line of `tsmap summary` set. */
export type SummaryOptions = OptionValues<typeof SUMMARY_OPTIONS>;
