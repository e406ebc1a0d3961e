import type { FieldKind } from '../model/fields.ts';
import type { LeadingColumnsJson, UnitJson } from './format.ts';

/** The columns before the fields in a row, by detail. */
export const LEADING_COLUMNS: LeadingColumnsJson = {
  all: ['start', 'end', 'perms', 'offset', 'device', 'inode', 'name'],
  mapping: ['name', 'perms', 'kind', 'count', 'size'],
  kind: ['name', 'perms', 'kind', 'count', 'size'],
  total: [],
};

/** The units of fields in a recording. */
export const UNITS: readonly UnitJson[] = ['bytes', 'count', 'text'];

/** The unit in which a kind of field is recorded. */
export const UNIT_OF: Readonly<Record<FieldKind, UnitJson>> = {
  kib: 'bytes',
  count: 'count',
  text: 'text',
};

/** The kind of field that is recorded in a unit. */
export const FIELD_KIND_OF: Readonly<Record<UnitJson, FieldKind>> = {
  bytes: 'kib',
  count: 'count',
  text: 'text',
};
