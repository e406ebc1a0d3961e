import { processErrorFrom } from '../model/errno.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import { type Problem, ProblemError } from '../model/problem.ts';
import type { WantedFields } from './maps/mapping-reader.ts';
import { mapFileOf, openMappings } from './maps/open-mappings.ts';
import { textProblems } from './maps/text-problems.ts';
import { processPath } from './process/process-file.ts';

/** A mapping as plain data, for programs that use tsmap as a library. */
export interface MappingRecord extends Omit<Mapping, 'values'> {
  /**
   * The smaps fields by the kernel's names: numbers in KiB (where the kernel prints "kB"), plain
   * counts (`THPeligible`) and text (`VmFlags`). A field that the kernel did not print is absent.
   */
  readonly fields: Readonly<Record<string, number | string>>;
}

/** Options of readMaps and readSmaps. */
export interface ReadOptions {
  /** A directory laid out like /proc; default `/proc`. */
  readonly procRoot?: string;
  /**
   * Called about lines that are not in the kernel's format, and about a file that ends in the
   * middle of a record. Without it, the first such problem is thrown after the last mapping.
   */
  onProblem?(problem: Problem): void;
}

/**
 * Yields the mappings of a process from /proc/PID/maps; their `fields` are empty.
 *
 * @throws ProblemError when the process does not exist, ends meanwhile, or may not be read.
 */
export function readMaps(pid: number, options: ReadOptions = {}) {
  return records(pid, [], options);
}

/**
 * Yields the mappings of a process from /proc/PID/smaps, with all fields or only with some:
 * `readSmaps(pid, { fields: ['Rss', 'Pss'] })`.
 *
 * @throws ProblemError when the process does not exist, ends meanwhile, or may not be read.
 */
export function readSmaps(
  pid: number,
  options: ReadOptions & { readonly fields?: WantedFields } = {},
) {
  return records(pid, options.fields ?? 'all', options);
}

function* records(
  pid: number,
  wanted: WantedFields,
  { procRoot: root = '/proc', onProblem }: ReadOptions,
): Generator<MappingRecord, void, void> {
  const reader = openMappings(root, pid, wanted);
  try {
    for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
      yield toRecord(mapping, reader.vocabulary);
    }
    const path = processPath(root, pid, mapFileOf(root, pid, wanted));
    for (const problem of textProblems({ pid }, `${path}, `, reader.notes)) {
      if (onProblem === undefined) throw new ProblemError(problem);
      onProblem(problem);
    }
  } catch (error) {
    throw processErrorFrom(error, pid, processPath(root, pid, mapFileOf(root, pid, wanted)));
  } finally {
    reader.close();
  }
}

function toRecord(mapping: Mapping, vocabulary: FieldVocabulary): MappingRecord {
  const { start, end, perms, offset, deviceMajor, deviceMinor, inode, name, values } = mapping;
  const fields: Record<string, number | string> = {};
  for (const slot of vocabulary.order) {
    const value = values[slot];
    if (value !== undefined) fields[vocabulary.name(slot)] = value;
  }
  return { start, end, perms, offset, deviceMajor, deviceMinor, inode, name, fields };
}
