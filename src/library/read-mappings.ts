import { ProblemError } from '../model/errors/problem.ts';
import type { ProcessHead } from '../model/process.ts';
import { isWanted, type WantedFields } from '../proc/maps/mapping-reader.ts';
import { mapFileOf, openMappings } from '../proc/maps/open-mappings.ts';
import { textProblems } from '../proc/maps/text-problems.ts';
import * as proc from '../proc/process/process-head.ts';
import { placeErrorFrom, placePath } from '../proc/process/process-place.ts';
import { classified } from '../sources/classified-reader.ts';
import { kindEvidence } from '../sources/kind-evidence.ts';
import { withKindFields } from '../sources/kind-fields.ts';
import { type MappingRecord, RecordMaker } from './mapping-record.ts';
import { type ReadOptions, type ReadSubject, readSubject } from './read-options.ts';

/** Options of `readSmaps`. */
export interface SmapsOptions extends ReadOptions {
  /** The fields to read, by the kernel's names, such as `Rss`; default `all`. */
  readonly fields?: 'all' | readonly string[];
}

/**
 * Reads what identifies a process: pid, name, command line, state, start time.
 *
 * @throws ProblemError when the process does not exist or cannot be read.
 */
export function readProcessHead(pid: number, options: ReadOptions = {}): ProcessHead {
  const { root } = readSubject(pid, options);
  return proc.readProcessHead(root, pid);
}

/**
 * Yields the mappings of a process from /proc/PID/maps, with their kinds; their `fields` are empty.
 * Reserved huge pages are recognized only by a name: maps does not have the fields that mark them.
 *
 * @throws ProblemError when the process does not exist, ends meanwhile, or may not be read.
 */
export function readMaps(
  pid: number,
  options: ReadOptions = {},
): Generator<MappingRecord, void, void> {
  return readRecords(readSubject(pid, options), [], options);
}

/**
 * Yields the mappings of a process from /proc/PID/smaps, with their kinds and with all fields or only
 * with some: `readSmaps(pid, { fields: ['Rss', 'Pss'] })`.
 *
 * @throws ProblemError when the process does not exist, ends meanwhile, or may not be read.
 */
export function readSmaps(
  pid: number,
  options: SmapsOptions = {},
): Generator<MappingRecord, void, void> {
  const { fields = 'all' } = options;
  if (fields !== 'all' && !Array.isArray(fields)) {
    throw new RangeError(`fields is ${String(fields)}, but must be 'all' or an array of names`);
  }
  return readRecords(readSubject(pid, options), fields, options);
}

function* readRecords(
  { root, pid }: ReadSubject,
  wanted: WantedFields,
  options: ReadOptions,
): Generator<MappingRecord, void, void> {
  const { head, place } = proc.locateProcess(root, pid);
  const isMaps = Array.isArray(wanted) && wanted.length === 0;
  const read = isMaps ? wanted : withKindFields(wanted);
  const file = mapFileOf(place, read);
  const reader = classified(openMappings(place, read), kindEvidence(head, place));
  const records = new RecordMaker(reader.vocabulary, (field) => isWanted(wanted, field));
  try {
    for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
      yield records.record(mapping);
    }
    for (const problem of textProblems({ pid }, `${placePath(place, file)}, `, reader.notes)) {
      if (options.onProblem !== undefined) options.onProblem(problem);
      else if (problem.code !== 'changing') throw new ProblemError(problem);
    }
  } catch (error) {
    throw placeErrorFrom(error, place, file);
  } finally {
    reader.close();
  }
}
