import { errnoOf } from '../../model/errors/errno.ts';
import { ProblemError, ThreadEndedError } from '../../model/errors/problem.ts';
import { type FieldSlots, type FieldValue, FieldVocabulary } from '../../model/fields.ts';
import { processExists } from '../process/process-file.ts';
import { type ProcessPlace, placeErrorFrom, placePath } from '../process/process-place.ts';
import { openSource } from '../source/byte-source.ts';
import { SmapsReader } from './smaps-reader.ts';

/**
 * The totals of a process's mappings, as the kernel adds them up.
 *
 * Source: /proc/PID/smaps_rollup, Linux 4.14 and later (Documentation/ABI/testing/
 * procfs-smaps_rollup). It has neither Size nor the number of mappings; `Pss_Anon`, `Pss_File` and
 * `Pss_Shmem` are in it and not in smaps.
 */
export interface Rollup {
  /** Empty for a process without memory. Sizes in KiB by the slots of `vocabulary`; known fields have the same slots as in smaps. */
  readonly values: readonly FieldValue[];
  readonly vocabulary: FieldVocabulary;
}

/**
 * Reads a process's totals; undefined if the kernel has no smaps_rollup.
 *
 * A kernel thread or a zombie has no memory: it exists, but reading fails with ESRCH. It has no totals,
 * just as its smaps is empty: absent is not zero. `slots` is the register that gives fields their slots; by
 * default the reading has its own.
 *
 * @throws ProblemError when there is no such process, when it may not be read, or when the file is
 *   damaged or cut off, as only a copy can be.
 */
export function readRollup(place: ProcessPlace, slots?: FieldSlots): Rollup | undefined {
  const { root, pid } = place;
  const path = placePath(place, 'smaps_rollup');
  try {
    return parseRollup(path, pid, slots);
  } catch (error) {
    const problem = placeErrorFrom(error, place, 'smaps_rollup');
    if (problem instanceof ThreadEndedError) throw problem;
    if (problem.problem.code !== 'no-such-process' || !processExists(root, pid)) throw problem;
    if (errnoOf(error) !== 'ESRCH') return undefined;
    return { values: [], vocabulary: new FieldVocabulary(slots) };
  }
}

/** The file looks like one record of smaps whose range spans the whole address space. */
function parseRollup(path: string, pid: number, slots: FieldSlots | undefined): Rollup {
  const reader = new SmapsReader(openSource(path), 'all', { slots });
  try {
    const { vocabulary, notes } = reader;
    const values = reader.next()?.values.slice();
    const isOne = values !== undefined && reader.next() === undefined;
    if (notes.wasCut) throw damaged('cut', pid, `${path} ends in the middle of a line`);
    if (!isOne || notes.malformedCount > 0) {
      throw damaged('malformed', pid, `${path}: expected one record of totals`);
    }
    return { values, vocabulary };
  } finally {
    reader.close();
  }
}

function damaged(code: 'cut' | 'malformed', pid: number, message: string): ProblemError {
  return new ProblemError({ pid, code, message });
}
