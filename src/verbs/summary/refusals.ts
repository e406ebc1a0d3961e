import { formatOf } from '../../cli/options/shared-options.ts';
import { FORMATS } from '../../format/machine/formats.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import type { SummaryOptions } from './options.ts';

/** Options that have no effect together, and why not. */
interface Refusal {
  readonly applies: (options: SummaryOptions, isOne: boolean) => boolean;
  readonly message: string;
}

/** In the order in which they are asked; the first that applies is reported. */
const REFUSALS: readonly Refusal[] = [
  {
    applies: (options) => options.total && formatOf(options) !== 'text',
    message:
      '--total works with text only: every format for programs includes the totals or their parts',
  },
  {
    applies: (options) => options.explain && formatOf(options) !== 'text',
    message: '--explain works with text only: it explains the figures to people',
  },
  {
    applies: ({ total, groupBy }) => total && groupBy !== undefined,
    message: '--total contradicts --group-by',
  },
  {
    applies: ({ totalsOnly, groupBy }) => totalsOnly && groupBy !== undefined,
    message: '--totals-only reads no mappings, so they cannot be grouped',
  },
  {
    applies: ({ total, sort }) => total && sort !== undefined,
    message: '--total shows no rows, so --sort has no effect',
  },
  {
    applies: ({ total, top }) => total && top !== undefined,
    message: '--total counts all processes, so --top has no effect',
  },
  {
    applies: (options, isOne) => isOneRecord(options, isOne) && options.sort !== undefined,
    message: 'this format has one record for one process, so --sort has no effect',
  },
  {
    applies: (options, isOne) => isOneRecord(options, isOne) && options.top !== undefined,
    message: 'this format has one record for one process, so --top has no effect',
  },
  {
    applies: ({ totalsOnly, sort }, isOne) => isOne && totalsOnly && sort !== undefined,
    message: '--totals-only shows one process without its parts, so --sort has no effect',
  },
  {
    applies: ({ totalsOnly, top }, isOne) => isOne && totalsOnly && top !== undefined,
    message: '--totals-only shows one process without its parts, so --top has no effect',
  },
];

/** Whether the report is a single record: flat formats have no groups unless they are asked for. */
function isOneRecord(options: SummaryOptions, isOne: boolean): boolean {
  const format = formatOf(options);
  return isOne && format !== 'text' && FORMATS[format].isFlat && options.groupBy === undefined;
}

/** @throws UsageError for an option that would be ignored. */
export function refuseIdleOptions(options: SummaryOptions, isOne: boolean): void {
  const found = REFUSALS.find(({ applies }) => applies(options, isOne));
  if (found !== undefined) throw new UsageError(found.message);
}
