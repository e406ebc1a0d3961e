import {
  type Change,
  type Difference,
  isChanged,
  type Pair,
  type Status,
} from '../../model/difference.ts';
import { type ChangeSum, type ComparedColumn, changeOf } from './change-sum.ts';

/** Compares pairs in these columns, and adds the changes to `sums`, one for each column. */
export function differencesOf(
  pairs: readonly Pair[],
  columns: readonly ComparedColumn[],
  sums: readonly ChangeSum[] = [],
): Difference[] {
  return pairs.map((pair) => {
    const changes = columns.map((column) => changeOf(pair, column));
    changes.forEach((change, i) => {
      sums[i]?.add(pair, change);
    });
    return { pair, changes, status: rowStatus(pair, changes) };
  });
}

/** Whether any number is known to have changed. */
export function hasChanged({ changes }: Difference): boolean {
  return changes.some(isChanged);
}

function rowStatus({ before, after }: Pair, changes: readonly Change[]): Status {
  if (before === undefined) return 'appeared';
  if (after === undefined) return 'went';
  const first = changes.find(isChanged);
  if (first?.change !== undefined) return first.change > 0 ? 'grew' : 'shrank';
  const [left, right] = [before.mapping, after.mapping];
  const isOneSided = changes.some(
    (each) => each.change === undefined && each.before !== each.after,
  );
  if (isOneSided || left.perms !== right.perms) return 'changed';
  return left.start === right.start ? 'unchanged' : 'moved';
}
