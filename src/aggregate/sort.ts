import type { FindColumn } from '../columns/catalogue.ts';
import type { Column } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { ByteString } from '../model/byte-string.ts';
import { copyMapping, type Mapping } from '../model/mapping.ts';
import { unknownColumn } from './nearest.ts';
import { ParseError } from './parse-error.ts';

/** One column to sort by. */
export interface SortKey<C extends Column = Column> {
  readonly column: C;
  readonly isDescending: boolean;
  /** Offset of the key in the text that was parsed. */
  readonly at: number;
}

/** Parses `rss`, `-rss` (the largest first) or several with commas. @throws ParseError. */
export function parseSort(text: string, findColumn: FindColumn): SortKey[] {
  let next = 0;
  return text.split(',').map((part) => {
    const at = next;
    next += part.length + 1;
    const isDescending = part.trim().startsWith('-');
    const name = part.trim().slice(isDescending ? 1 : 0);
    if (name === '') throw new ParseError('a column is missing', at);
    const column = findColumn(name);
    if (column === undefined) throw new ParseError(unknownColumn(name), at);
    return { column, isDescending, at };
  });
}

/** The value of a row in a column that rows are sorted by. */
export type SortValue = number | ByteString | undefined;

interface Row {
  readonly mapping: Mapping;
  readonly values: readonly SortValue[];
}

/**
 * Rows of any type, sorted by the keys; `valuesOf` gives the values of a row, one for each key. Equal
 * rows keep their order. Rows without a value come last in either direction. Text compares by bytes.
 */
export function sortRows<T>(
  rows: Iterable<T>,
  keys: readonly SortKey[],
  valuesOf: (row: T) => readonly SortValue[],
): T[] {
  const keyed = Array.from(rows, (row) => ({ row, values: valuesOf(row) }));
  return keyed.sort((a, b) => compareValues(a.values, b.values, keys)).map(({ row }) => row);
}

/**
 * Copies of the mappings, sorted as by sortRows. A field that the kernel did not print counts as no
 * value, and so does an empty text.
 */
export function sortMappings(
  mappings: Iterable<Mapping>,
  keys: readonly SortKey[],
  rule: NameRule,
): Mapping[] {
  const copies = Array.from(mappings, copyMapping);
  return sortRows(copies, keys, (mapping) => valuesOf(mapping, keys, rule));
}

/** Takes mappings one by one and keeps the first ones in the order of the keys. */
export interface Top {
  add(mapping: Mapping): void;
  /** Copies of the first mappings so far, in order. */
  list(): Mapping[];
}

/**
 * Keeps the first `limit` mappings of the order that sortMappings gives. Memory does not grow with the
 * number of mappings: up to twice the limit are kept, then cut back to the limit.
 */
export function topOf(limit: number, keys: readonly SortKey[], rule: NameRule): Top {
  let rows: Row[] = [];
  /** The values of the last row kept at the last cut: a row that sorts after it is dropped. */
  let worst: readonly SortValue[] | undefined;
  const cut = () => {
    rows = rows.sort((a, b) => compareValues(a.values, b.values, keys)).slice(0, limit);
    if (rows.length === limit) worst = rows.at(-1)?.values;
  };
  return {
    add(mapping) {
      if (limit < 1) return;
      const values = valuesOf(mapping, keys, rule);
      if (worst !== undefined && compareValues(values, worst, keys) >= 0) return;
      rows.push({ mapping: copyMapping(mapping), values });
      if (rows.length >= 2 * limit) cut();
    },
    list() {
      cut();
      return rows.map(({ mapping }) => mapping);
    },
  };
}

function valuesOf(mapping: Mapping, keys: readonly SortKey[], rule: NameRule): SortValue[] {
  return keys.map(({ column }) => {
    if (column.kind === 'number') return column.value(mapping);
    const text = column.value(mapping, rule);
    return text === '' ? undefined : text;
  });
}

function compareValues(
  a: readonly SortValue[],
  b: readonly SortValue[],
  keys: readonly SortKey[],
): number {
  for (let i = 0; i < keys.length; i++) {
    const [left, right] = [a[i], b[i]];
    if (left === right) continue;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return left < right === keys[i]?.isDescending ? 1 : -1;
  }
  return 0;
}
