import { processErrorFrom } from '../../model/errno.ts';
import type { FieldSlots } from '../../model/fields.ts';
import { ProblemError } from '../../model/problem.ts';
import { processExists, processPath } from '../process/process-file.ts';
import { type ByteSource, openSource } from '../source/byte-source.ts';
import type { MappingReader, WantedFields } from './mapping-reader.ts';
import { MapsReader } from './maps-reader.ts';
import { SmapsReader } from './smaps-reader.ts';

/** Which of a process's files holds what is wanted: maps where no field of smaps is. */
export function mapFileFor(wanted: WantedFields): 'maps' | 'smaps' {
  return Array.isArray(wanted) && wanted.length === 0 ? 'maps' : 'smaps';
}

/**
 * Opens a process's maps, or its smaps where fields are wanted that only smaps has: reading smaps
 * makes the kernel walk the page tables, a hundred times the work. `slots` gives the fields their
 * slots; a register of its own where it is not there.
 *
 * @throws ProblemError when the file cannot be opened.
 */
export function openMappings(
  root: string,
  pid: number,
  wanted: WantedFields,
  slots?: FieldSlots,
): MappingReader {
  const file = mapFileFor(wanted);
  const source = openProcessFile(root, pid, file);
  if (file === 'maps') return new MapsReader(source, { slots });
  return new SmapsReader(source, wanted, { slots });
}

function openProcessFile(root: string, pid: number, file: string): ByteSource {
  const path = processPath(root, pid, file);
  try {
    return openSource(path);
  } catch (error) {
    const problem = processErrorFrom(error, pid, path);
    if (problem.problem.code !== 'no-such-process') throw problem;
    throw processExists(root, pid) ? missing(pid, path, file) : problem;
  }
}

/** smaps is there only in kernels built with CONFIG_PROC_PAGE_MONITOR. */
function missing(pid: number, path: string, file: string): ProblemError {
  const advice =
    file === 'smaps'
      ? `this kernel has no ${path}; without it only the default and the -d report work`
      : `there is no ${path}`;
  return new ProblemError({ pid, code: 'missing-file', message: advice });
}
