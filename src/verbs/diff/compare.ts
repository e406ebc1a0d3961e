import { ChangeSum } from '../../aggregate/differences/change-sum.ts';
import { differencesOf, hasChanged } from '../../aggregate/differences/differences.ts';
import { ordered } from '../../aggregate/differences/order.ts';
import { commonDetail } from '../../aggregate/differences/parts.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { ComparedSide, Comparison, DiffRequest, RowUnit } from './comparison.ts';
import { comparedColumn, growthOf, rowOrders, sumOfChanges } from './row-changes.ts';
import { pairRows, type SamplePair } from './row-pairs.ts';
import type { SideSample } from './sides/pair-sides.ts';

/**
 * Compares a process with an earlier sample of itself, or with another process. Both samples must hold
 * enough detail for the grouping and the filter; checkDetail in request.ts sees to that.
 */
export function compareSamples(
  before: SideSample,
  after: SideSample,
  request: DiffRequest,
): Comparison {
  const samples = { before: before.sample, after: after.sample };
  const by = rowUnit(samples, request.groupBy);
  const columns = request.columns.map((column) => comparedColumn(column, samples));
  const sums = columns.map(() => new ChangeSum());
  const all = differencesOf(pairRows(samples, by, request.filter), columns, sums);
  const changed = all.filter(hasChanged);
  const rows = ordered(request.unchanged ? all : changed, rowOrders(request, samples));
  const shown = rows.slice(0, request.top);
  const hidden = rows.slice(shown.length);
  return {
    before: sideOf(before),
    after: sideOf(after),
    by,
    columns: request.columns,
    rows: shown,
    more: { count: hidden.length, changes: columns.map((_, i) => sumOfChanges(hidden, i)) },
    unchanged: all.length - changed.length,
    totals: sums.map(({ total }) => total),
    growth: growthOf(all, request, samples),
  };
}

function sideOf({ sample, source, moment, takenAtMs }: SideSample): ComparedSide {
  return { head: sample.head, source, moment, takenAtMs };
}

function rowUnit({ before, after }: SamplePair, groupBy: Grouping | undefined): RowUnit {
  if (groupBy !== undefined) return groupBy;
  const detail = commonDetail(before.detail, after.detail);
  return detail === 'all' ? 'address' : detail;
}
