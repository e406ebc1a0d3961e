import { formatDuration } from '../../model/duration.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { GrowthLimit } from './growth-option.ts';
import { LIMITED, type Limit, limitedColumn } from './limits.ts';
import type { CheckOptions } from './options.ts';
import type { Waiting } from './schedule.ts';

const DEFAULT_INTERVAL_MS = 1000;

/** The limits that a command line sets. @throws UsageError where there is none, or one is no use. */
export function limitsOf(options: CheckOptions): Limit[] {
  const limits = [...figureLimits(options), ...growthLimits(options)];
  if (limits.length === 0) {
    const all = [...LIMITED, 'growth'].map((id) => `--max-${id}`);
    throw new UsageError(`no limit is given (${all.join(', ')}, or --warn- of the same)`);
  }
  for (const { column, windowMs, warn, max } of limits) {
    if (warn === undefined || max === undefined || warn <= max) continue;
    const name = windowMs === undefined ? column.id : 'growth';
    throw new UsageError(`--warn-${name} is above --max-${name}: it would never be told`);
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

/** Those of the same figure and time make one limit. */
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

/** How a command line waits, if it does. @throws UsageError. */
export function waitingOf(options: CheckOptions, limits: readonly Limit[]): Waiting | undefined {
  const { wait, interval, timeout } = options;
  if (!wait) {
    if (interval !== undefined)
      throw new UsageError('--interval says how --wait looks: add --wait');
    if (timeout !== undefined) throw new UsageError('--timeout ends --wait: add --wait');
    return undefined;
  }
  if (limits.every(({ max }) => max === undefined)) {
    throw new UsageError('--wait waits for a limit of --max-...: none is given');
  }
  const intervalMs = interval ?? DEFAULT_INTERVAL_MS;
  for (const { windowMs = intervalMs } of limits) {
    if (windowMs >= intervalMs) continue;
    const [given, looks] = [windowMs, intervalMs].map(formatDuration);
    throw new UsageError(
      `growth within ${given} cannot be seen by looking every ${looks}: give a shorter --interval`,
    );
  }
  return { intervalMs, timeoutMs: timeout };
}
