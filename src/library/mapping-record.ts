import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';

/** A mapping as plain data, which stays valid. */
export interface MappingRecord extends Omit<Mapping, 'values' | 'count'> {
  /**
   * The smaps fields by the kernel's names: numbers in KiB (where the kernel prints "kB"), plain
   * counts (`THPeligible`) and text (`VmFlags`). A field that the kernel did not print is absent.
   */
  readonly fields: Readonly<Record<string, number | string>>;
}

/** The record of a mapping, with those fields of the reading that `isShown` accepts. */
export function mappingRecord(
  mapping: Mapping,
  vocabulary: FieldVocabulary,
  isShown: (field: string) => boolean = () => true,
): MappingRecord {
  const { values, count: _, ...facts } = mapping;
  const fields: Record<string, number | string> = {};
  for (const slot of vocabulary.order) {
    const value = values[slot];
    const name = vocabulary.name(slot);
    if (value !== undefined && isShown(name)) fields[name] = value;
  }
  return { ...facts, fields };
}
