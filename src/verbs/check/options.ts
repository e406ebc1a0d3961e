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
import { FIGURES } from '../../columns/figures.ts';
import { growth } from './growth-option.ts';
import { LIMITED, type LimitedFigure, limitedColumn } from './limits.ts';

/** How a check is told: as maps are, or as monitoring plugins do. */
export type CheckFormat = FormatName | 'nagios';
const CHECK_FORMATS: readonly CheckFormat[] = [
  ...(FORMAT_OPTIONS.format.choices as readonly FormatName[]),
  'nagios',
];

type LimitName = `${'max' | 'warn'}-${LimitedFigure}`;

function limit(name: LimitName, id: LimitedFigure, help: string): ValueOption<number> {
  const title = FIGURES.find(({ column }) => column.id === id)?.title ?? id;
  const text = title === id ? `${help} ${id}` : `${help} ${id} (${title})`;
  return isSize(limitedColumn(id)) ? size(name, text) : positive(name, id, text);
}

/** `--max-` and `--warn-` of each figure that can be limited. */
const LIMIT_OPTIONS = Object.fromEntries(
  LIMITED.flatMap((id) => [
    [`max-${id}`, limit(`max-${id}`, id, 'the most that is allowed of')],
    [`warn-${id}`, limit(`warn-${id}`, id, 'the most without a warning of')],
  ]),
) as Readonly<Record<LimitName, ValueOption<number>>>;

/** The options of `tsmap check`. */
export const CHECK_OPTIONS = {
  ...LIMIT_OPTIONS,
  maxGrowth: growth('max-growth', 'the most that figures may grow within a time: rss=10M/1m'),
  warnGrowth: growth('warn-growth', 'the most that they may grow without a warning'),
  wait: flag({ long: 'wait' }, 'wait until a limit is exceeded'),
  interval: duration('interval', 'with --wait: how often to look (1s)'),
  timeout: duration('timeout', 'with --wait: give up after this time, with status 0'),
  quiet: flag({ short: 'q', long: 'quiet' }, 'say nothing of limits: the exit status tells'),
  format: choice<CheckFormat>('format', CHECK_FORMATS, 'how it is told; nagios: as a plugin does'),
  json: FORMAT_OPTIONS.json,
  ...PROCESS_OPTIONS,
  help: HELP,
} satisfies OptionTable;

/** What a command line of `tsmap check` set. */
export type CheckOptions = OptionValues<typeof CHECK_OPTIONS>;
