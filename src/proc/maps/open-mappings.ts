import { existsSync } from 'node:fs';
import { ProblemError, ThreadEndedError } from '../../model/errors/problem.ts';
import type { FieldSlots } from '../../model/fields.ts';
import { processExists } from '../process/process-file.ts';
import { type ProcessPlace, placeErrorFrom, placePath } from '../process/process-place.ts';
import { type ByteSource, openSource } from '../source/byte-source.ts';
import {
  type MappingReader,
  needsSmaps,
  type WantedFields,
  wantsFields,
} from './mapping-reader.ts';
import { MapsReader } from './maps-reader.ts';
import { SmapsReader } from './smaps-reader.ts';

/**
 * The file of a process that has the wanted fields: maps if no field is wanted, or if all are
 * optional and there is no smaps.
 */
export function mapFileOf(place: ProcessPlace, wanted: WantedFields): 'maps' | 'smaps' {
  if (needsSmaps(wanted)) return 'smaps';
  const isThere = wantsFields(wanted) && existsSync(placePath(place, 'smaps'));
  return isThere ? 'smaps' : 'maps';
}

/**
 * Opens a process's maps, or its smaps if any field of smaps is wanted. To print smaps, the kernel
 * walks the page tables, which takes a hundred times as long. `slots` is the register that gives fields
 * their slots; by default the reader has its own.
 *
 * @throws ProblemError when the file cannot be opened.
 */
export function openMappings(
  place: ProcessPlace,
  wanted: WantedFields,
  slots?: FieldSlots,
): MappingReader {
  const file = mapFileOf(place, wanted);
  const source = openProcessFile(place, file);
  if (file === 'maps') return new MapsReader(source, { slots });
  return new SmapsReader(source, wanted, { slots });
}

function openProcessFile(place: ProcessPlace, file: string): ByteSource {
  const { root, pid } = place;
  const path = placePath(place, file);
  try {
    return openSource(path);
  } catch (error) {
    const problem = placeErrorFrom(error, place, file);
    const isMissing = problem.problem.code === 'no-such-process';
    if (!isMissing || problem instanceof ThreadEndedError) throw problem;
    throw processExists(root, pid) ? missing(pid, path, file) : problem;
  }
}

/** Only kernels built with CONFIG_PROC_PAGE_MONITOR have smaps. */
function missing(pid: number, path: string, file: string): ProblemError {
  const advice =
    file === 'smaps'
      ? `this kernel has no ${path}; without it only the default and the -d report work`
      : `there is no ${path}`;
  return new ProblemError({ pid, code: 'missing-file', message: advice });
}
