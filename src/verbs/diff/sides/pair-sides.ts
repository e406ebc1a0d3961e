import { isSameProcess, type Sample } from '../../../model/sample.ts';

/** One process of one side, and where it was read from. */
export interface SideSample {
  readonly sample: Sample;
  /** The operand of the command line: a process id or a file. */
  readonly source: string;
  /** The number of the moment in a recording. */
  readonly moment?: number;
  /** Milliseconds since 1970; undefined for a saved map, which has no time. */
  readonly takenAtMs: number | undefined;
}

/** The processes of two sides, paired. */
export interface SidePairs {
  readonly pairs: readonly (readonly [before: SideSample, after: SideSample])[];
  readonly onlyBefore: readonly SideSample[];
  readonly onlyAfter: readonly SideSample[];
}

type Sides = readonly (readonly SideSample[])[];

/** Whether two are the same process. Those of saved texts whose pid is not known are paired in their order. */
function isSame(a: SideSample, b: SideSample, sides: Sides): boolean {
  if (a.sample.head.pid !== 0 || b.sample.head.pid !== 0) {
    return isSameProcess(a.sample.head, b.sample.head);
  }
  return orderOf(a, sides) === orderOf(b, sides);
}

function orderOf(one: SideSample, sides: Sides): number {
  return Math.max(...sides.map((side) => side.indexOf(one)));
}

/**
 * Pairs the processes of two sides by pid and start time. If each side has a single process, the two are
 * paired even if they are different processes, because the user named them.
 */
export function pairSides(before: readonly SideSample[], after: readonly SideSample[]): SidePairs {
  const [left, right] = [before[0], after[0]];
  if (left !== undefined && right !== undefined && before.length === 1 && after.length === 1) {
    return { pairs: [[left, right]], onlyBefore: [], onlyAfter: [] };
  }
  const partnerIn = (side: readonly SideSample[], one: SideSample) =>
    side.find((other) => isSame(one, other, [before, after]));
  return {
    pairs: before.flatMap((one) => {
      const partner = partnerIn(after, one);
      return partner === undefined ? [] : [[one, partner] as const];
    }),
    onlyBefore: before.filter((one) => partnerIn(after, one) === undefined),
    onlyAfter: after.filter((one) => partnerIn(before, one) === undefined),
  };
}
