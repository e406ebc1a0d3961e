import { FieldVocabulary } from '../model/fields.ts';
import type { Column, NumberColumn } from './column.ts';
import { fieldId, kernelColumn } from './kernel-fields.ts';
import { columns } from './table.ts';

/** Finds a column by a name that a user typed; undefined if there is none. */
export type FindColumn = (name: string) => Column | undefined;

/** tsmap's own columns that users can name, in the order in which help lists them. */
const OWN: readonly Column[] = Object.values<Column>(columns).filter(
  ({ isLayoutOnly }) => !isLayoutOnly,
);
const OWN_IDS: ReadonlySet<string> = new Set(OWN.map(({ id }) => id));

/**
 * The columns that users can name: tsmap's own, then one for each further field of `vocabulary`.
 */
export function catalogue(vocabulary: FieldVocabulary = new FieldVocabulary()): readonly Column[] {
  const fields = vocabulary.slots
    .filter((slot) => vocabulary.name(slot) !== 'Name')
    .map((slot) => kernelColumn(vocabulary, slot))
    .filter(({ id }) => !OWN_IDS.has(id));
  return [...OWN, ...fields];
}

/**
 * The column with this name: an id of the catalogue, or a heading, such as the kernel's own name of a
 * field. Case does not matter. Undefined if there is none.
 */
export function findColumn(name: string, vocabulary?: FieldVocabulary): Column | undefined {
  const id = name.toLowerCase();
  const all = catalogue(vocabulary);
  return (
    all.find((column) => column.id === id) ??
    all.find(({ title }) => title.toLowerCase() === id || fieldId(title) === id)
  );
}

/**
 * The column of numbers with this id, which must exist: for lists of figures in the code.
 *
 * @param among a catalogue, so that several figures can share one
 * @throws Error if there is no such column.
 */
export function numberColumn(id: string, among: readonly Column[] = catalogue()): NumberColumn {
  const column = among.find((each) => each.id === id);
  if (column?.kind !== 'number') throw new Error(`${id} is not a column of numbers`);
  return column;
}
