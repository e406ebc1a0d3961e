import { type FieldSlots, FieldVocabulary } from '../../model/fields.ts';
import { listPids } from '../process/list.ts';
import { locateProcess } from '../process/process-head.ts';
import { openMappings } from './open-mappings.ts';

/** How many processes are tried in search of one that can be read. */
const MAX_TRIES = 50;

/**
 * The fields that this kernel prints, taken from the first record of each of these processes, or of
 * any other process that can be read. If none can, the fields that tsmap knows by name.
 */
export function knownFields(
  root: string,
  pids: readonly number[],
  slots: FieldSlots,
): FieldVocabulary {
  const asked = pids.slice(0, MAX_TRIES).flatMap((pid) => fieldsOf(root, pid, slots) ?? []);
  if (asked.length > 0) return mergedFields(asked, slots);
  for (const pid of ['self' as const, ...pidsOf(root).slice(-MAX_TRIES)]) {
    const vocabulary = fieldsOf(root, pid, slots);
    if (vocabulary !== undefined && vocabulary.order.length > 0) return vocabulary;
  }
  return new FieldVocabulary(slots);
}

/**
 * The fields of several readings that share `slots`, in the order of the first reading that has
 * them.
 */
export function mergedFields(
  vocabularies: readonly FieldVocabulary[],
  slots: FieldSlots,
): FieldVocabulary {
  const all = new FieldVocabulary(slots);
  for (const vocabulary of vocabularies) {
    let previous = -1;
    for (const slot of vocabulary.order) {
      const own = all.slot(vocabulary.name(slot));
      all.meet(own, vocabulary.kind(slot), previous);
      previous = own;
    }
  }
  return all;
}

function pidsOf(root: string): number[] {
  try {
    return listPids(root);
  } catch {
    return [];
  }
}

function fieldsOf(
  root: string,
  pid: number | 'self',
  slots: FieldSlots,
): FieldVocabulary | undefined {
  try {
    const place =
      pid === 'self' ? { root, pid: 0, directory: pid } : locateProcess(root, pid).place;
    const reader = openMappings(place, 'all', slots);
    try {
      reader.next();
      return reader.vocabulary;
    } finally {
      reader.close();
    }
  } catch {
    return undefined;
  }
}
