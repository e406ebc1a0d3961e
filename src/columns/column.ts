import type { ByteString } from '../model/byte-string.ts';
import type { Mapping } from '../model/mapping.ts';
import type { NameRule } from './mapping-name.ts';

/**
 * What a number means: `bytes` and `kib` are sizes, `address` a number that is written in
 * hexadecimal, `count` anything else.
 */
export type Unit = 'address' | 'bytes' | 'kib' | 'count';

interface ColumnBase {
  /** What `--columns` calls it; machine formats add the unit (see `machineName`). */
  readonly id: string;
  /** What stands above it in a table; for a field of smaps the kernel's own key. */
  readonly title: string;
  /** What stands above it in tsmap's own tables, where pmap's word would be wrong. */
  readonly tableTitle?: string;
  /** The smaps fields that its value is made of; none means that maps is enough. */
  readonly fields: readonly string[];
  /** One sentence for users. */
  readonly help: string;
}

/** A column of numbers. */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number';
  readonly unit: Unit;
  /** Whether the values of several mappings may be added up. */
  readonly isSummable: boolean;
  /** The mapping's number, undefined where the kernel did not say. */
  value(mapping: Mapping): number | undefined;
}

/** A number in base 16, with zeros before it up to so many digits. */
export interface Hexadecimal {
  readonly digits: number;
  number(mapping: Mapping): number;
}

/** A column of text. */
export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  /** The mapping's text, empty where there is none; `rule` says how names are shown. */
  value(mapping: Mapping, rule: NameRule): ByteString;
  /** There where the text is a number, so that it can be written without making a text of it. */
  readonly hexadecimal?: Hexadecimal;
}

/** One column of a report about mappings. */
export type Column = NumberColumn | TextColumn;

/** A size in KiB, rounded down as pmap does. */
export function inKib(column: NumberColumn, value: number): number {
  return column.unit === 'bytes' ? Math.floor(value / 1024) : value;
}

/** A size in bytes, any other number as it is. */
export function inBytes(column: NumberColumn, value: number): number {
  return column.unit === 'kib' ? value * 1024 : value;
}

/** Whether a column's numbers are sizes, which have a unit. */
export function isSize(column: Column): boolean {
  return column.kind === 'number' && (column.unit === 'bytes' || column.unit === 'kib');
}

/** What machine formats call a column: sizes are in bytes there and say so. */
export function machineName(column: Column): string {
  return isSize(column) ? `${column.id}_bytes` : column.id;
}

/** Whether the numbers of several mappings may be added up. */
export function isSummable(column: Column): column is NumberColumn {
  return column.kind === 'number' && column.isSummable;
}
