import { type FieldValue, type KnownField, slotOf } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import { type Column, inBytes, type NumberColumn, type TextColumn } from './column.ts';

/** The texts of a column: its headings, and one sentence about it for users. */
export interface Wording {
  readonly title: string;
  readonly tableTitle?: string;
  readonly help: string;
}

/** A number of a mapping that need not be a column of its own, such as one side of a ratio. */
export type Amount = Pick<NumberColumn, 'unit' | 'fields' | 'value'>;

/** A column of positions, which cannot be added up: addresses, offsets, device numbers. */
export function position(
  id: string,
  wording: Wording,
  value: (mapping: Mapping) => number,
): NumberColumn {
  return { id, ...wording, kind: 'number', unit: 'address', fields: [], isSummable: false, value };
}

/** A column of sizes in bytes that follow from the mapping's line in maps. */
export function extent(
  id: string,
  wording: Wording,
  value: (mapping: Mapping) => number,
): NumberColumn {
  return { id, ...wording, kind: 'number', unit: 'bytes', fields: [], isSummable: true, value };
}

/** A column of whole numbers that can be added up. */
export function count(
  id: string,
  wording: Wording,
  value: (mapping: Mapping) => number,
): NumberColumn {
  return { id, ...wording, kind: 'number', unit: 'count', fields: [], isSummable: true, value };
}

/** A column of KiB: one smaps field or the sum of two, as `kibOf` makes it. */
export function fieldSum(
  id: string,
  wording: Wording,
  fields: readonly [KnownField, KnownField?],
): NumberColumn {
  return { id, ...wording, kind: 'number', ...kibOf(...fields), isSummable: true };
}

/** One smaps field or the sum of two, in KiB; undefined only if the mapping has neither. */
export function kibOf(field: KnownField, other?: KnownField): Amount {
  const first = slotOf[field];
  if (other === undefined) {
    return { unit: 'kib', fields: [field], value: ({ values }) => numberOf(values[first]) };
  }
  const second = slotOf[other];
  const value = ({ values }: Mapping) => sum(numberOf(values[first]), numberOf(values[second]));
  return { unit: 'kib', fields: [field, other], value };
}

/**
 * A column of fractions, for single mappings and for groups. A fraction is undefined if either number is
 * not known or the denominator is 0. Sizes are converted to bytes before they are divided.
 *
 * Tables show percent with one digit after the point; filters and machine formats take the number.
 */
export function ratio(
  id: `${string}_ratio`,
  wording: Wording,
  numerator: Amount,
  denominator: Amount,
): NumberColumn {
  const value = (mapping: Mapping) => {
    const part = numerator.value(mapping);
    const whole = denominator.value(mapping);
    if (part === undefined || whole === undefined || whole === 0) return undefined;
    return inBytes(numerator, part) / inBytes(denominator, whole);
  };
  const fields = [...new Set([...numerator.fields, ...denominator.fields])];
  return { id, ...wording, kind: 'number', unit: 'ratio', fields, isSummable: false, value };
}

/** A column of text that follows from the mapping's line in maps. */
export function text(id: string, wording: Wording, value: TextColumn['value']): TextColumn {
  return { id, ...wording, kind: 'text', fields: [], value };
}

/** A column of numbers in base 16 as the kernel writes them. */
export function hexadecimal(
  id: string,
  wording: Wording,
  number: (mapping: Mapping) => number,
): TextColumn {
  const digits = 8;
  const value = (mapping: Mapping) => number(mapping).toString(16).padStart(digits, '0');
  return { ...text(id, wording, value), hexadecimal: { digits, number } };
}

/** Marks a column that only pmap's layouts use: users cannot name it. */
export function layoutOnly<C extends Column>(column: C): C {
  return { ...column, isLayoutOnly: true };
}

function numberOf(value: FieldValue): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : a + b;
}
