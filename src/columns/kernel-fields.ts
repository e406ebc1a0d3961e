import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Column } from './column.ts';

/** Fields that -XX shows and -X does not. */
const LEFT_OUT_OF_X: ReadonlySet<string> = new Set([
  'AnonHugePages',
  'KernelPageSize',
  'MMUPageSize',
  'Shared_Clean',
  'Shared_Dirty',
  'Private_Clean',
  'Private_Dirty',
  'VmFlags',
]);

/** Whether -X shows a field of smaps; -XX shows all. */
export function isShownByX(field: string): boolean {
  return !LEFT_OUT_OF_X.has(field);
}

/**
 * The columns of the smaps fields that a reading met, in the kernel's order, text (VmFlags) behind
 * the numbers. A field that nobody knew becomes a column by its name. `Name`, which Android prints,
 * is no column: it is shown as the mapping's name.
 */
export function kernelColumns(
  vocabulary: FieldVocabulary,
  isShown: (field: string) => boolean,
): Column[] {
  const shown = vocabulary.order
    .filter((slot) => vocabulary.name(slot) !== 'Name' && isShown(vocabulary.name(slot)))
    .map((slot) => kernelColumn(vocabulary, slot));
  return [
    ...shown.filter(({ kind }) => kind === 'number'),
    ...shown.filter(({ kind }) => kind === 'text'),
  ];
}

function kernelColumn(vocabulary: FieldVocabulary, slot: number): Column {
  const title = vocabulary.name(slot);
  const fieldKind = vocabulary.kind(slot);
  const base = { id: title.toLowerCase(), title, fields: [title], help: `The kernel's ${title}.` };
  if (fieldKind === 'text') {
    return { ...base, kind: 'text', value: (mapping) => textAt(mapping, slot) };
  }
  const value = (mapping: Mapping) => numberAt(mapping, slot);
  return { ...base, kind: 'number', unit: fieldKind, isSummable: fieldKind === 'kib', value };
}

function numberAt({ values }: Mapping, slot: number): number | undefined {
  const value = values[slot];
  return typeof value === 'number' ? value : undefined;
}

function textAt({ values }: Mapping, slot: number): string {
  const value = values[slot];
  return value === undefined ? '' : String(value);
}
