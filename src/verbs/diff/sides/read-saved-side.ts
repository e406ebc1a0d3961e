import type { Problem } from '../../../model/errors/problem.ts';
import type { FieldSlots } from '../../../model/fields.ts';
import { copyMapping, type Mapping } from '../../../model/mapping.ts';
import type { Sample } from '../../../model/sample.ts';
import { textProblems } from '../../../proc/maps/text-problems.ts';
import { savedSource } from '../../../sources/saved-source.ts';
import type { SideSample } from './pair-sides.ts';

/**
 * Reads a saved smaps file, `-` for standard input. It has neither a process id nor a time.
 *
 * @throws ProblemError if it cannot be read, or is a saved maps file.
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
