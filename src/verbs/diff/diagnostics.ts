import { EXIT, statusOfAll } from '../../cli/exit-status.ts';
import { inBytes } from '../../columns/column.ts';
import { fromByteString } from '../../model/byte-string.ts';
import type { ComparedSide } from './comparison.ts';
import type { DiffFindings } from './findings.ts';
import type { DiffOptions } from './options.ts';

/** Messages about processes that are on one side only. */
export function oneSidedTexts({ onlyBefore, onlyAfter }: DiffFindings): string[] {
  const text = (when: string) => (side: ComparedSide) =>
    `${side.head.pid} (${fromByteString(side.head.comm)}): only ${when}, so it was not compared`;
  return [...onlyBefore.map(text('before')), ...onlyAfter.map(text('after'))];
}

/** Messages about unknown growth, for --exit-status: they explain why the status is not 0. */
export function unknownGrowthTexts({ comparisons }: DiffFindings): string[] {
  return comparisons.flatMap(({ after, growth: { column, isKnown } }) =>
    isKnown
      ? []
      : [`${after.source}: growth of ${column.id} is unknown: one side does not report it`],
  );
}

/** The exit status. As in check, too much growth takes precedence over errors. */
export function exitStatus(
  { comparisons, problems }: DiffFindings,
  { exitStatus: reportsGrowth, moreThan: limitBytes = 0 }: DiffOptions,
): number {
  if (reportsGrowth) {
    const grew = comparisons.some(
      ({ growth: { column, largest } }) => inBytes(column, largest) > limitBytes,
    );
    if (grew) return EXIT.threshold;
  }
  const isUnknown = reportsGrowth && comparisons.some(({ growth }) => !growth.isKnown);
  const status = isUnknown ? EXIT.failure : EXIT.ok;
  return statusOfAll(problems, status);
}
