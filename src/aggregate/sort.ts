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
  /** Where it stands in the text that was parsed. */
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

/** What a row has in a column that it is sorted by. */
export type SortValue = number | ByteString | undefined;

interface Row {
  readonly mapping: Mapping;
  readonly values: readonly SortValue[];
}

/**
 * Rows of any kind in the order of the keys; `valuesOf` gives what a row has in each of them. Equal
 * rows keep their order. What has no value comes last in either direction. Text compares by its bytes.
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
 * Copies of the mappings in the order of the keys, as sortRows has it: a field that the kernel did not
 * print and an empty text are no value.
 */
export function sortMappings(
  mappings: Iterable<Mapping>,
  keys: readonly SortKey[],
  rule: NameRule,
): Mapping[] {
  const copies = Array.from(mappings, copyMapping);
  return sortRows(copies, keys, (mapping) => valuesOf(mapping, keys, rule));
}

/** Takes mappings one by one and keeps the first of them in the order of the keys. */
export interface Top {
  add(mapping: Mapping): void;
  /** Copies of the first mappings so far, sorted. */
  list(): Mapping[];
}

/**
 * The first `limit` mappings of what sortMappings would give, without keeping the others: at most
 * twice as many are held, and cut back to the limit when there are more.
 */
export function topOf(limit: number, keys: readonly SortKey[], rule: NameRule): Top {
  let rows: Row[] = [];
  /** Of the last that was kept when rows were cut: what is not before it can never come in. */
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
