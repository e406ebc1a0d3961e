import { UsageError } from '../../model/errors/usage-error.ts';
import { formatDuration } from '../../model/units/duration.ts';
import type { GrowthLimit } from './growth-option.ts';
import { LIMITED, type Limit, limitedColumn } from './limits.ts';
import type { CheckOptions } from './options.ts';
import type { WaitOptions } from './schedule.ts';

const DEFAULT_INTERVAL_MS = 1000;

/** The limits that the options set. @throws UsageError if there are none, or one has no effect. */
export function limitsFrom(options: CheckOptions): Limit[] {
  const limits = [...figureLimits(options), ...growthLimits(options)];
  if (limits.length === 0) {
    const all = [...LIMITED, 'growth'].map((id) => `--max-${id.replaceAll('_', '-')}`);
    throw new UsageError(`no limit is given: add ${all.join(', ')}, or one of these with --warn-`);
  }
  for (const { column, windowMs, warn, max } of limits) {
    if (warn === undefined || max === undefined || warn <= max) continue;
    const name = windowMs === undefined ? column.id.replaceAll('_', '-') : 'growth';
    throw new UsageError(`--warn-${name} is above --max-${name}, so it would never warn`);
  }
  return limits;
}

function figureLimits(options: CheckOptions): Limit[] {
  return LIMITED.flatMap((id) => {
    const limit = { warn: options[`warn-${id}`], max: options[`max-${id}`] };
    const isGiven = limit.warn !== undefined || limit.max !== undefined;
    return isGiven ? [{ column: limitedColumn(id), ...limit }] : [];
  });
}

/** --max-growth and --warn-growth of the same figure and time become one limit. */
function growthLimits({ maxGrowth = [], warnGrowth = [] }: CheckOptions): Limit[] {
  const isSame = (a: GrowthLimit) => (b: GrowthLimit) =>
    a.column.id === b.column.id && a.windowMs === b.windowMs;
  const max = maxGrowth.map((each) => ({
    column: each.column,
    windowMs: each.windowMs,
    max: each.amount,
    warn: warnGrowth.find(isSame(each))?.amount,
  }));
  const rest = warnGrowth.filter((each) => !maxGrowth.some(isSame(each)));
  return [
    ...max,
    ...rest.map(({ column, windowMs, amount }) => ({ column, windowMs, warn: amount })),
  ];
}

/** How to wait, from the options; undefined without --wait. @throws UsageError. */
export function waitFrom(options: CheckOptions, limits: readonly Limit[]): WaitOptions | undefined {
  const { wait, interval, timeout } = options;
  if (!wait) {
    if (interval !== undefined) {
      throw new UsageError('--interval sets how often --wait checks: add --wait');
    }
    if (timeout !== undefined) {
      throw new UsageError('--timeout sets how long --wait waits: add --wait');
    }
    return undefined;
  }
  if (limits.every(({ max }) => max === undefined)) {
    throw new UsageError('--wait needs a limit to wait for: add one of --max-...');
  }
  const intervalMs = interval ?? DEFAULT_INTERVAL_MS;
  for (const { windowMs = intervalMs } of limits) {
    if (windowMs >= intervalMs) continue;
    const [window, every] = [windowMs, intervalMs].map(formatDuration);
    throw new UsageError(
      `growth within ${window} cannot be measured by checking every ${every}: set a shorter --interval`,
    );
  }
  return { intervalMs, timeoutMs: timeout };
}
