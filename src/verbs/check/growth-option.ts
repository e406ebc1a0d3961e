import type { ValueOption } from '../../cli/options/option.ts';
import { value } from '../../cli/options/option-kinds.ts';
import { isSize, type NumberColumn } from '../../columns/column.ts';
import { parseDuration } from '../../model/duration.ts';
import { parseSize } from '../../model/size.ts';
import { UsageError } from '../../model/usage-error.ts';
import { LIMITED, type LimitedFigure, limitedColumn } from './limits.ts';

/** How much a figure may grow within a time; a size in bytes. */
export interface GrowthLimit {
  readonly column: NumberColumn;
  readonly amount: number;
  readonly windowMs: number;
}

/** An option that limits the growth of figures: `rss=10M/1m`, several with commas between them. */
export function growth(long: string, help: string): ValueOption<readonly GrowthLimit[]> {
  return value({ long, metavar: 'FIGURE=SIZE/TIME' }, help, (text) => {
    const limits = text.split(',').map((part) => parsePart(long, part));
    const keys = limits.map(({ column, windowMs }) => `${column.id}/${windowMs}`);
    if (new Set(keys).size < keys.length) {
      throw new UsageError(`--${long}: '${text}' limits the same growth twice`);
    }
    return limits;
  });
}

function parsePart(long: string, part: string): GrowthLimit {
  const [, name, amountText = '', windowText = ''] = /^([^=]*)=([^/]*)\/(.*)$/.exec(part) ?? [];
  const refuse = (why: string) => new UsageError(`--${long}: ${why}`);
  if (name === undefined) {
    throw refuse(`'${part}' is not FIGURE=SIZE/TIME (rss=10M/1m is 10 MiB within a minute)`);
  }
  const id = LIMITED.find((each): each is LimitedFigure => each === name.toLowerCase());
  if (id === undefined) throw refuse(`'${name}' is none of ${LIMITED.join(', ')}`);
  const column = limitedColumn(id);
  const amount = parseAmount(column, amountText);
  if (amount === undefined) {
    throw refuse(`'${amountText}' is no ${isSize(column) ? 'size (10M)' : 'number (100)'}`);
  }
  const windowMs = parseDuration(windowText);
  if (windowMs === undefined) throw refuse(`'${windowText}' is no time (30s, 1m, 1h)`);
  if (windowMs === 0) throw refuse(`'${windowText}' must be longer than 0`);
  return { column, amount, windowMs };
}

function parseAmount(column: NumberColumn, text: string): number | undefined {
  if (isSize(column)) return parseSize(text, { bareUnit: 'B' });
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
