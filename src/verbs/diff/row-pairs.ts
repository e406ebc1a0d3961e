import { matchGroups, matchMappings } from '../../aggregate/differences/match.ts';
import { commonDetail, grouped, partsOf } from '../../aggregate/differences/parts.ts';
import type { Filter } from '../../aggregate/filter/compile.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import type { Pair, Part } from '../../model/difference.ts';
import { isSameProcess, type Sample } from '../../model/sample.ts';
import { classifiedSample } from '../../sources/classified-reader.ts';
import type { RowUnit } from './comparison.ts';

/** The samples of both sides. */
export interface SamplePair {
  readonly before: Sample;
  readonly after: Sample;
}

/** Pairs the rows of two samples that pass the filter, and groups them if `by` is a group. */
export function pairRows(samples: SamplePair, by: RowUnit, filter: Filter | undefined): Pair[] {
  const { before, after } = samples;
  const detail = commonDetail(before.detail, after.detail);
  const parts = [
    partsOf(classifiedSample(before), detail),
    partsOf(classifiedSample(after), detail),
  ] as const;
  const matched =
    detail === 'all'
      ? matchMappings(...parts, { isSameProcess: haveSameAddresses(samples) })
      : matchGroups(...parts, keyOf(detail));
  const kept = filter === undefined ? matched : matched.filter(passes(filter, samples));
  return detail === 'all' && by !== 'address' ? groupPairs(kept, by, samples) : kept;
}

/** The names of mappings in comparisons: the kernel's own, without directories. */
export function namesOf({ head, isSharedMemoryDevice }: Sample): NameRule {
  const { startStack } = head;
  return {
    showPath: false,
    useKernelName: true,
    isOwnTable: true,
    startStack,
    isSharedMemoryDevice,
  };
}

/**
 * Whether both samples are of one process, so that their addresses can be compared. A saved map, which
 * has no process id, is assumed to be of the same process as the other side.
 */
function haveSameAddresses({ before, after }: SamplePair): boolean {
  return before.head.pid === 0 || after.head.pid === 0 || isSameProcess(before.head, after.head);
}

/** Groups the mappings of each side, then pairs the groups; the pairs of mappings are given up. */
function groupPairs(pairs: readonly Pair[], by: Exclude<RowUnit, 'address'>, samples: SamplePair) {
  const before = grouped(
    pairs.flatMap((pair) => pair.before ?? []),
    by,
    samples.before,
  );
  const after = grouped(
    pairs.flatMap((pair) => pair.after ?? []),
    by,
    samples.after,
  );
  return matchGroups(before, after, keyOf(by));
}

function keyOf(by: RowUnit): (part: Part) => string {
  if (by === 'kind') return ({ mapping }) => mapping.kind ?? '';
  if (by === 'mode') return ({ mapping }) => mapping.perms;
  return ({ owner }) => owner;
}

/**
 * A pair passes if either side does. Otherwise, with `rss>1M`, a mapping that grew beyond 1 MiB would be
 * reported as new.
 */
function passes(filter: Filter, { before, after }: SamplePair): (pair: Pair) => boolean {
  const [namesBefore, namesAfter] = [namesOf(before), namesOf(after)];
  return (pair) =>
    (pair.before !== undefined && filter.test(pair.before.mapping, namesBefore)) ||
    (pair.after !== undefined && filter.test(pair.after.mapping, namesAfter));
}
