import type { ValueOption } from '../../cli/options/option.ts';
import { value } from '../../cli/options/option-kinds.ts';
import { isSize, type NumberColumn } from '../../columns/column.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { parseDuration } from '../../model/units/duration.ts';
import { bareSizeNotice, isBareSize, parseSize } from '../../model/units/size.ts';
import { LIMITED, type LimitedFigure, limitedColumn } from './limits.ts';

/** A limit on the growth of a figure within a time. */
export interface GrowthLimit {
  readonly column: NumberColumn;
  /** Sizes in bytes. */
  readonly amount: number;
  readonly windowMs: number;
}

/** An option whose value limits the growth of figures: `rss=10M/1m`, several separated by commas. */
export function growth(long: string, help: string): ValueOption<readonly GrowthLimit[]> {
  return value(
    {
      long,
      metavar: 'FIGURE=SIZE/TIME',
      insteadOfTwo: 'separate limits with commas',
      noticeFor: (text) => noticeFor(long, text),
    },
    help,
    (text) => {
      const limits = text.split(',').map((part) => parsePart(long, part));
      const keys = limits.map(({ column, windowMs }) => `${column.id}/${windowMs}`);
      if (new Set(keys).size < keys.length) {
        throw new UsageError(`--${long}: '${text}' limits the same growth twice`);
      }
      return limits;
    },
  );
}

/** Says what the first size without a unit means. */
function noticeFor(long: string, text: string): string | undefined {
  const sizes = text.split(',').flatMap((part) => {
    const { id, amountText } = splitPart(part);
    return id !== undefined && isSize(limitedColumn(id)) ? amountText : [];
  });
  const bare = sizes.find(isBareSize);
  return bare && `--${long}: ${bareSizeNotice(bare, { bareUnit: 'B' })}`;
}

function splitPart(part: string) {
  const [, name, amountText = '', windowText = ''] = /^([^=]*)=([^/]*)\/(.*)$/.exec(part) ?? [];
  const id = LIMITED.find((each): each is LimitedFigure => each === name?.toLowerCase());
  return { name, id, amountText, windowText };
}

function parsePart(long: string, part: string): GrowthLimit {
  const { name, id, amountText, windowText } = splitPart(part);
  const refuse = (why: string) => new UsageError(`--${long}: ${why}`);
  if (name === undefined) {
    throw refuse(`'${part}' is not FIGURE=SIZE/TIME (rss=10M/1m is 10 MiB within a minute)`);
  }
  if (id === undefined) throw refuse(`'${name}' is not one of ${LIMITED.join(', ')}`);
  const column = limitedColumn(id);
  const amount = parseAmount(column, amountText);
  if (amount === undefined) {
    const expected = isSize(column) ? 'a size (such as 10M)' : 'a whole number (such as 100)';
    throw refuse(`'${amountText}' is not ${expected}`);
  }
  const windowMs = parseDuration(windowText);
  if (windowMs === undefined) throw refuse(`'${windowText}' is not a duration (30s, 1m, 1h)`);
  if (windowMs === 0) throw refuse(`'${windowText}' must be longer than 0`);
  return { column, amount, windowMs };
}

function parseAmount(column: NumberColumn, text: string): number | undefined {
  if (isSize(column)) return parseSize(text, { bareUnit: 'B' });
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
