import { inputName } from '../../../model/errors/file-error.ts';
import type { Problem } from '../../../model/errors/problem.ts';
import { type FieldSlots, FieldVocabulary } from '../../../model/fields.ts';
import { copyMapping, type Mapping, NO_MAPPING } from '../../../model/mapping.ts';
import type { Sample } from '../../../model/sample.ts';
import { textProblems } from '../../../proc/maps/text-problems.ts';
import { savedSources } from '../../../sources/files/saved-source.ts';
import type { MapSource } from '../../../sources/map-source.ts';
import type { SideSample } from './pair-sides.ts';

/**
 * Reads the processes of a saved maps, smaps or smaps_rollup, `-` for standard input. They have no time.
 *
 * @throws ProblemError if the file cannot be read.
 */
export async function readSavedSides(
  file: string,
  slots: FieldSlots,
  onProblem: (problem: Problem) => void,
): Promise<readonly SideSample[]> {
  const sides: SideSample[] = [];
  for (const source of await savedSources(file, slots)) {
    const sample = source.totals === undefined ? mapOf(source, onProblem) : totalsOf(source);
    sides.push({ sample, source: inputName(file), takenAtMs: undefined });
  }
  return sides;
}

function mapOf(source: MapSource, onProblem: (problem: Problem) => void): Sample {
  const head = source.head();
  // All that there is: a saved maps has no fields, and is compared by sizes alone.
  const reader = source.open('available');
  try {
    const rows: Mapping[] = [];
    for (let row = reader.next(); row !== undefined; row = reader.next()) {
      rows.push(copyMapping(row));
    }
    for (const problem of textProblems(source.subject, '', reader.notes)) onProblem(problem);
    const { vocabulary } = reader;
    const { isSharedMemoryDevice } = source;
    return { takenAtMs: 0, head, detail: 'all', vocabulary, isSharedMemoryDevice, rows };
  } catch (error) {
    throw source.problem(error, 'available');
  } finally {
    reader.close();
  }
}

function totalsOf({ head, totals, isSharedMemoryDevice }: MapSource): Sample {
  const { values, vocabulary } = totals?.() ?? { values: [], vocabulary: new FieldVocabulary() };
  const rows = [{ ...NO_MAPPING, values }];
  return { takenAtMs: 0, head: head(), detail: 'total', vocabulary, isSharedMemoryDevice, rows };
}
