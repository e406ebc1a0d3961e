import { type FindColumn, findColumn } from '../../columns/catalogue.ts';
import type { FieldSlots, FieldVocabulary } from '../../model/fields.ts';
import { knownFields, mergedFields } from '../../proc/maps/known-fields.ts';
import type { MapSource } from '../map-source.ts';

/**
 * Finds the columns that a command line names. `lookUp` says which fields the sources have; it is
 * asked only for a name that tsmap does not know, and once. The columns hold for all readings that
 * share the register of its slots.
 */
export function columnFinder(lookUp: () => FieldVocabulary): FindColumn {
  let fields: FieldVocabulary | undefined;
  return (name) => {
    const column = findColumn(name);
    if (column !== undefined) return column;
    fields ??= lookUp();
    return findColumn(name, fields);
  };
}

/** The fields that sources have: those that were recorded, or those of the kernel at hand. */
export function fieldsOfSources(
  root: string,
  sources: readonly MapSource[],
  slots: FieldSlots,
): FieldVocabulary {
  const recorded = sources.flatMap((source) => source.recorded?.vocabulary ?? []);
  if (recorded.length > 0) return mergedFields(recorded, slots);
  const pids = sources.map(({ subject }) => subject.pid);
  return knownFields(root, pids, slots);
}
