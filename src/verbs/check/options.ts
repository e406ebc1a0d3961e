import type { OptionTable, OptionValues, ValueOption } from '../../cli/options/option.ts';
import { choice, flag, positive } from '../../cli/options/option-kinds.ts';
import { duration, size } from '../../cli/options/quantity-options.ts';
import {
  FORMAT_OPTIONS,
  type FormatName,
  HELP,
  PROCESS_OPTIONS,
} from '../../cli/options/shared-options.ts';
import { isSize } from '../../columns/column.ts';
import { figureWithId } from '../../columns/figures.ts';
import { growth } from './growth-option.ts';
import { LIMITED, type LimitedFigure, limitedColumn } from './limits.ts';

/** A format of reports, or `nagios`: one line, as monitoring plugins print it. */
export type CheckFormat = FormatName | 'nagios';
const CHECK_FORMATS: readonly CheckFormat[] = [
  ...(FORMAT_OPTIONS.format.choices as readonly FormatName[]),
  'nagios',
];

type LimitName = `${'max' | 'warn'}-${LimitedFigure}`;

/** The spelling of an option: `max-rss-anon`. */
const spelled = (name: LimitName) => name.replaceAll('_', '-');

function limit(name: LimitName, id: LimitedFigure, help: string): ValueOption<number> {
  const { title } = figureWithId(id);
  const text = title === id ? `${help} ${id}` : `${help} ${id} (${title})`;
  return isSize(limitedColumn(id)) ? size(spelled(name), text) : positive(spelled(name), id, text);
}

/** `--max-` and `--warn-` of each figure that can be limited. */
const LIMIT_OPTIONS = Object.fromEntries(
  LIMITED.flatMap((id) => [
    [`max-${id}`, limit(`max-${id}`, id, 'limit for')],
    [`warn-${id}`, limit(`warn-${id}`, id, 'warning threshold for')],
  ]),
) as Readonly<Record<LimitName, ValueOption<number>>>;

/** The options of `tsmap check`. */
export const CHECK_OPTIONS = {
  ...LIMIT_OPTIONS,
  maxGrowth: growth('max-growth', 'limit for growth, e.g. rss=10M/1m'),
  warnGrowth: growth('warn-growth', 'warning threshold for growth'),
  quick: flag({ long: 'quick' }, 'read only status: fast for a huge process, less exact'),
  wait: flag({ long: 'wait' }, 'wait until a limit is exceeded'),
  interval: duration('interval', 'with --wait: how often to check (default 1s)'),
  timeout: duration('timeout', 'with --wait: stop after this time (status 0)'),
  quiet: flag({ short: 'q', long: 'quiet' }, 'print no report, only set the exit status'),
  format: choice<CheckFormat>(
    'format',
    CHECK_FORMATS,
    'format of the report; nagios: one line, for monitoring systems',
  ),
  json: FORMAT_OPTIONS.json,
  ...PROCESS_OPTIONS,
  help: HELP,
} satisfies OptionTable;

/** The option values of `tsmap check`. */
export type CheckOptions = OptionValues<typeof CHECK_OPTIONS>;
