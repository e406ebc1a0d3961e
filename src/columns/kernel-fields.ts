import { type FieldVocabulary, KNOWN_FIELDS, type KnownField } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Column } from './column.ts';
import { FIELD_HELP } from './field-help.ts';

/** Fields that -XX shows but -X does not. */
export const LEFT_OUT_OF_X: readonly string[] = [
  'AnonHugePages',
  'KernelPageSize',
  'MMUPageSize',
  'Shared_Clean',
  'Shared_Dirty',
  'Private_Clean',
  'Private_Dirty',
  'VmFlags',
];

/** Fields that are sizes but whose sum means nothing. */
const NOT_SUMMABLE: ReadonlySet<string> = new Set(['KernelPageSize', 'MMUPageSize']);

/** Whether -X shows a field of smaps; -XX shows all fields. */
export function isShownByX(field: string): boolean {
  return !LEFT_OUT_OF_X.includes(field);
}

/**
 * The columns of the smaps fields that a reading met, in the kernel's order, text (VmFlags) after
 * the numbers. A field that tsmap does not know becomes a column too. `Name`, which Android prints,
 * does not: it is shown as the name of the mapping.
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

/** The column of the smaps field in a slot. */
export function kernelColumn(vocabulary: FieldVocabulary, slot: number): Column {
  const title = vocabulary.name(slot);
  const fieldKind = vocabulary.kind(slot);
  const help = isKnown(title) ? FIELD_HELP[title] : 'A field that is new to tsmap.';
  const base = { id: fieldId(title), title, fields: [title], help };
  if (fieldKind === 'text') {
    return { ...base, kind: 'text', value: (mapping) => textAt(mapping, slot) };
  }
  const value = (mapping: Mapping) => numberAt(mapping, slot);
  const isSummable = fieldKind === 'kib' && !NOT_SUMMABLE.has(title);
  return { ...base, kind: 'number', unit: fieldKind, isSummable, value };
}

/** The name of a field in snake case: `Private_Dirty` is private_dirty, `VmFlags` is vm_flags. */
export function fieldId(name: string): string {
  if (name === 'THPeligible') return 'thp_eligible';
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

function isKnown(name: string): name is KnownField {
  return (KNOWN_FIELDS as readonly string[]).includes(name);
}

function numberAt({ values }: Mapping, slot: number): number | undefined {
  const value = values[slot];
  return typeof value === 'number' ? value : undefined;
}

function textAt({ values }: Mapping, slot: number): string {
  const value = values[slot];
  return value === undefined ? '' : String(value);
}
