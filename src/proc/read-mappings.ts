import { processErrorFrom } from '../model/errno.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import { type Problem, ProblemError } from '../model/problem.ts';
import type { WantedFields } from './maps/mapping-reader.ts';
import { mapFileFor, openMappings } from './maps/open-mappings.ts';
import { textProblems } from './maps/text-problems.ts';
import { processPath } from './process/process-file.ts';

/** A mapping as plain data, for programs that use tsmap as a library. */
export interface MappingRecord extends Omit<Mapping, 'values'> {
  /**
   * The smaps fields by the kernel's own names: numbers in KiB (those that the kernel prints with
   * "kB") or plain counts (`THPeligible`), and text (`VmFlags`). A field that the kernel did not
   * print is not there.
   */
  readonly fields: Readonly<Record<string, number | string>>;
}

/** Where to read from. */
export interface ReadOptions {
  /** A directory that is laid out like /proc; default `/proc`. */
  readonly procRoot?: string;
  /**
   * Is told of lines that do not have the kernel's form, and of a file that ends in the middle of a
   * record; without it such a thing is thrown once all other mappings were given.
   */
  onProblem?(problem: Problem): void;
}

/**
 * The mappings of a process from /proc/PID/maps, one after the other; `fields` stay empty.
 *
 * @throws ProblemError when the process does not exist, ends meanwhile, or may not be read.
 */
export function readMaps(pid: number, options: ReadOptions = {}) {
  return records(pid, [], options);
}

/**
 * The mappings of a process from /proc/PID/smaps, one after the other, with all fields or with those
 * that are named: `readSmaps(pid, { fields: ['Rss', 'Pss'] })`.
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
    const path = processPath(root, pid, mapFileFor(wanted));
    for (const problem of textProblems({ pid }, `${path}, `, reader.notes)) {
      if (onProblem === undefined) throw new ProblemError(problem);
      onProblem(problem);
    }
  } catch (error) {
    throw processErrorFrom(error, pid, processPath(root, pid, mapFileFor(wanted)));
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
