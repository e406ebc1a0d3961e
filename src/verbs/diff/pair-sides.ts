import type { FieldSlots } from '../../model/fields.ts';
import { copyMapping, type Mapping } from '../../model/mapping.ts';
import type { Problem } from '../../model/problem.ts';
import { isSameProcess, type Sample } from '../../model/sample.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import { savedSource } from '../../sources/saved-source.ts';

/** One process of one side of a comparison, and where it comes from. */
export interface SideSample {
  readonly sample: Sample;
  /** What the user called it: a process id, a file. */
  readonly source: string;
  /** Of a recording: the moment's number. */
  readonly moment?: number;
  /** Milliseconds since 1970; a saved map does not say when it was. */
  readonly takenAtMs: number | undefined;
}

/** Which processes of two sides belong together. */
export interface SidePairs {
  readonly pairs: readonly (readonly [before: SideSample, after: SideSample])[];
  readonly onlyBefore: readonly SideSample[];
  readonly onlyAfter: readonly SideSample[];
}

/**
 * Finds each process on the other side, by pid and start time. Two that are alone on their sides
 * belong together whatever they are: the user named them.
 */
export function pairSides(before: readonly SideSample[], after: readonly SideSample[]): SidePairs {
  const [left, right] = [before[0], after[0]];
  if (left !== undefined && right !== undefined && before.length === 1 && after.length === 1) {
    return { pairs: [[left, right]], onlyBefore: [], onlyAfter: [] };
  }
  const partnerIn = (side: readonly SideSample[], one: SideSample) =>
    side.find(({ sample }) => isSameProcess(sample.head, one.sample.head));
  return {
    pairs: before.flatMap((one) => {
      const partner = partnerIn(after, one);
      return partner === undefined ? [] : [[one, partner] as const];
    }),
    onlyBefore: before.filter((one) => partnerIn(after, one) === undefined),
    onlyAfter: after.filter((one) => partnerIn(before, one) === undefined),
  };
}

/**
 * Reads a saved smaps, `-` for standard input; it tells neither who nor when.
 *
 * @throws ProblemError when it cannot be read, or is a saved maps.
 */
export function readSavedSide(
  file: string,
  slots: FieldSlots,
  onProblem: (problem: Problem) => void,
): SideSample {
  const source = savedSource(file, slots);
  const reader = source.open('all');
  try {
    const rows: Mapping[] = [];
    for (let row = reader.next(); row !== undefined; row = reader.next()) {
      rows.push(copyMapping(row));
    }
    for (const problem of textProblems(source.subject, '', reader.notes)) onProblem(problem);
    const { vocabulary } = reader;
    const { isSharedMemoryDevice } = source;
    const head = source.head();
    const sample = { takenAtMs: 0, head, detail: 'all', vocabulary, isSharedMemoryDevice, rows };
    return {
      sample: sample as Sample,
      source: source.subject.subject ?? file,
      takenAtMs: undefined,
    };
  } catch (error) {
    throw source.problem(error, 'all');
  } finally {
    reader.close();
  }
}
