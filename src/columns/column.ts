import type { ByteString } from '../model/byte-string.ts';
import type { Mapping } from '../model/mapping.ts';
import type { NameRule } from './mapping-name.ts';

/**
 * The unit of a column's numbers: `bytes` and `kib` are sizes, `address` is written in hexadecimal,
 * `ratio` is a fraction (0.5 is half), `count` is any other whole number.
 */
export type ColumnUnit = 'address' | 'bytes' | 'kib' | 'count' | 'ratio';

interface ColumnBase {
  /** The name that `--columns` takes; machine formats add the unit (see `machineName`). */
  readonly id: string;
  /** Heading in pmap's layouts; for a field of smaps the kernel's own key. */
  readonly title: string;
  /** Heading in tsmap's own tables, if pmap's would be wrong there (see `tableTitle`). */
  readonly tableTitle?: string;
  /** The smaps fields that the value is computed from; none if maps is enough. */
  readonly fields: readonly string[];
  /** Set if mappings must be classified before they have the value (see needsOf). */
  readonly isClassified?: boolean;
  /** One sentence for users. */
  readonly help: string;
  /** Set for columns that only pmap's layouts use: users cannot name them. */
  readonly isLayoutOnly?: boolean;
}

/** A column of numbers. */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number';
  readonly unit: ColumnUnit;
  /** Whether the values of several mappings can be added up. */
  readonly isSummable: boolean;
  /** Set for a figure of a whole process: a mapping, or a group of them, has no value. */
  readonly isOfProcess?: true;
  /** The mapping's number, undefined if the kernel did not report it. */
  value(mapping: Mapping): number | undefined;
}

/** A number in base 16, padded with zeros to a fixed number of digits. */
export interface Hexadecimal {
  readonly digits: number;
  number(mapping: Mapping): number;
}

/** A column of text. */
export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  /** The mapping's text, empty if it has none; `rule` says how names are shown. */
  value(mapping: Mapping, rule: NameRule): ByteString;
  /** Present if the text is a hexadecimal number, which can be written without making a string. */
  readonly hexadecimal?: Hexadecimal;
}

/** A column of a report about mappings. */
export type Column = NumberColumn | TextColumn;

/** A size in KiB, rounded down as pmap does; any other number unchanged. */
export function inKib(column: NumberColumn, value: number): number {
  return column.unit === 'bytes' ? Math.floor(value / 1024) : value;
}

/** A size in bytes; any other number unchanged. */
export function inBytes({ unit }: Pick<NumberColumn, 'unit'>, value: number): number {
  return unit === 'kib' ? value * 1024 : value;
}

/** Whether a column holds sizes. */
export function isSize(column: Column): boolean {
  return column.kind === 'number' && (column.unit === 'bytes' || column.unit === 'kib');
}

/** The heading of a column in tsmap's own tables. */
export function tableTitle(column: Column): string {
  return column.tableTitle ?? column.title;
}

/** The name of a column in machine formats, where sizes are in bytes and say so. */
export function machineName(column: Column): string {
  return isSize(column) ? `${column.id}_bytes` : column.id;
}

/** Whether the numbers of several mappings can be added up. */
export function isSummable(column: Column): column is NumberColumn {
  return column.kind === 'number' && column.isSummable;
}
