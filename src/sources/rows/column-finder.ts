import { type FindColumn, findColumn } from '../../columns/catalogue.ts';
import type { FieldSlots, FieldVocabulary } from '../../model/fields.ts';
import { knownFields, mergedFields } from '../../proc/maps/known-fields.ts';
import type { MapSource } from '../map-source.ts';

/**
 * Finds columns by the names that users give. `lookUp` gives the fields of the sources; it is called
 * at most once, and only for a name that is neither one of tsmap's own columns nor a known field. The
 * columns are valid for all readings that share a register of slots with these fields.
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

/** The fields of sources: as recorded, or as printed by the running kernel. */
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
