import type { Problem } from '../../model/errors/problem.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import type { FieldSlots } from '../../model/fields.ts';
import { mergedFields } from '../../proc/maps/known-fields.ts';
import { columnFinder } from '../../sources/rows/column-finder.ts';
import { compareSamples } from './compare.ts';
import type { ComparedSide, Comparison, DiffRequest } from './comparison.ts';
import type { DiffOptions } from './options.ts';
import { checkDetail, diffRequest } from './request.ts';
import { kindRulesRemark } from './sides/kind-rules.ts';
import { pairSides, type SidePairs, type SideSample } from './sides/pair-sides.ts';
import type { BothSides } from './sides/read-sides.ts';

/** The result of a diff: comparisons, and what could not be compared. */
export interface DiffFindings {
  readonly comparisons: readonly Comparison[];
  /** Processes that are on one side only. */
  readonly onlyBefore: readonly ComparedSide[];
  readonly onlyAfter: readonly ComparedSide[];
  readonly problems: readonly Problem[];
}

/** Pairs the processes of both sides and compares each pair. @throws UsageError if that is impossible. */
export function findDifferences(
  { before, after }: Pick<BothSides, 'before' | 'after'>,
  options: DiffOptions,
  request: DiffRequest,
): DiffFindings {
  checkDetail(options, [...before, ...after]);
  const paired = pairSides(before, after);
  checkPairs(paired);
  const remarks = paired.pairs.flatMap((pair) => kindRulesRemark(...pair) ?? []);
  return {
    // The pairs of a run mostly come from the same two files: once says it.
    problems: request.needsKinds ? remarks.slice(0, 1) : [],
    comparisons: paired.pairs.map((pair) => compareSamples(...pair, request)),
    onlyBefore: paired.onlyBefore.map(comparedSide),
    onlyAfter: paired.onlyAfter.map(comparedSide),
  };
}

/** The request that the options make, with columns for all fields of both sides. @throws UsageError. */
export function requestForSides(
  { before, after }: Pick<BothSides, 'before' | 'after'>,
  options: DiffOptions,
  slots: FieldSlots,
): DiffRequest {
  const vocabularies = [...before, ...after].map(({ sample }) => sample.vocabulary);
  return diffRequest(
    options,
    columnFinder(() => mergedFields(vocabularies, slots)),
  );
}

/** @throws UsageError if a side holds several processes, and none of them is on the other side. */
function checkPairs({ pairs, onlyBefore, onlyAfter }: SidePairs): void {
  if (pairs.length > 0) return;
  const side = onlyBefore.length > 1 ? onlyBefore : onlyAfter;
  const pids = side.map(({ sample }) => sample.head.pid).join(', ');
  throw new UsageError(
    `'${side[0]?.source}' holds several processes (${pids}), and none of them is on the other side: ` +
      'choose one with --pid',
  );
}

function comparedSide({ sample, ...side }: SideSample): ComparedSide {
  return { moment: undefined, ...side, head: sample.head };
}
