import { type FieldSlots, FieldVocabulary } from '../../model/fields.ts';
import { listPids } from '../process/list.ts';
import { openMappings } from './open-mappings.ts';

/** How many processes are tried before it is given up that one can be read. */
const TRIES = 50;

/**
 * The fields that the kernel at hand prints, from the first records of the processes that are asked
 * for, or of any other that can be read; those known when this was written where none can.
 */
export function knownFields(
  root: string,
  pids: readonly number[],
  slots: FieldSlots,
): FieldVocabulary {
  const asked = pids.slice(0, TRIES).flatMap((pid) => fieldsOf(root, pid, slots) ?? []);
  if (asked.length > 0) return mergedFields(asked, slots);
  for (const pid of ['self' as const, ...pidsOf(root).slice(-TRIES)]) {
    const vocabulary = fieldsOf(root, pid, slots);
    if (vocabulary !== undefined && vocabulary.order.length > 0) return vocabulary;
  }
  return new FieldVocabulary(slots);
}

/** The fields of several readings that share `slots`, in the order of the first that has them. */
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
    const reader = openMappings(root, pid as number, 'all', slots);
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
