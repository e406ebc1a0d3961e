import type { ByteString } from '../model/byte-string.ts';
import type { KnownField } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { NameRule } from './mapping-name.ts';

/**
 * What a number means: `bytes` and `kib` are sizes, `address` a number that is written in
 * hexadecimal, `count` anything else.
 */
export type Unit = 'address' | 'bytes' | 'kib' | 'count';

interface ColumnBase {
  /** What `--columns` and machine formats call it. */
  readonly id: string;
  /** What stands above it in a table; for a field of smaps the kernel's own key. */
  readonly title: string;
  /** The smaps fields that its value is made of; none means that maps is enough. */
  readonly fields: readonly (KnownField | (string & {}))[];
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

/** A column of text. */
export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  /** The mapping's text; `rule` says how names are shown. */
  value(mapping: Mapping, rule: NameRule): ByteString;
}

/** One column of a report about mappings. */
export type Column = NumberColumn | TextColumn;

/** A size in KiB, rounded down as pmap does. */
export function inKib(column: NumberColumn, value: number): number {
  return column.unit === 'bytes' ? Math.floor(value / 1024) : value;
}
