import { existsSync } from 'node:fs';
import { processErrorFrom } from '../../model/errors/errno.ts';
import { ProblemError } from '../../model/errors/problem.ts';
import type { FieldSlots } from '../../model/fields.ts';
import { processExists, processPath } from '../process/process-file.ts';
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
export function mapFileOf(root: string, pid: number, wanted: WantedFields): 'maps' | 'smaps' {
  if (needsSmaps(wanted)) return 'smaps';
  const isThere = wantsFields(wanted) && existsSync(processPath(root, pid, 'smaps'));
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
  root: string,
  pid: number,
  wanted: WantedFields,
  slots?: FieldSlots,
): MappingReader {
  const file = mapFileOf(root, pid, wanted);
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

/** Only kernels built with CONFIG_PROC_PAGE_MONITOR have smaps. */
function missing(pid: number, path: string, file: string): ProblemError {
  const advice =
    file === 'smaps'
      ? `this kernel has no ${path}; without it only the default and the -d report work`
      : `there is no ${path}`;
  return new ProblemError({ pid, code: 'missing-file', message: advice });
}
