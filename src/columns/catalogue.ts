import { FieldVocabulary } from '../model/fields.ts';
import type { Column } from './column.ts';
import { fieldId, kernelColumn } from './kernel-fields.ts';
import { columns } from './table.ts';

/** tsmap's own columns that users can name, in the order in which help lists them. */
const OWN: readonly Column[] = [
  columns.address,
  columns.end,
  columns.size,
  columns.rss,
  columns.pss,
  columns.uss,
  columns.shared,
  columns.dirty,
  columns.hugetlb,
  columns.mode,
  columns.perm,
  columns.offset,
  columns.device,
  columns.inode,
  columns.mappings,
  columns.kind,
  columns.mapping,
];

/** Columns that users can name, those of the kernel's fields that `vocabulary` knows included. */
export function catalogue(vocabulary: FieldVocabulary = new FieldVocabulary()): readonly Column[] {
  const taken = new Set(OWN.map(({ id }) => id));
  const fields = vocabulary.slots
    .filter((slot) => vocabulary.name(slot) !== 'Name')
    .map((slot) => kernelColumn(vocabulary, slot))
    .filter(({ id }) => !taken.has(id));
  return [...OWN, ...fields];
}

/**
 * The column of that name: an id of the catalogue, or a field's name as the kernel writes it, in
 * capitals or not. Undefined where `vocabulary` knows none.
 */
export function findColumn(name: string, vocabulary?: FieldVocabulary): Column | undefined {
  const id = name.toLowerCase();
  const all = catalogue(vocabulary);
  return (
    all.find((column) => column.id === id) ??
    all.find(({ title }) => title.toLowerCase() === id || fieldId(title) === id)
  );
}
