import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ParseError } from '../../../src/aggregate/parse-error.ts';
import { parseSort, sortMappings, topOf } from '../../../src/aggregate/sort.ts';
import { findColumn } from '../../../src/columns/catalogue.ts';
import type { NameRule } from '../../../src/columns/mapping-name.ts';
import { slotOf } from '../../../src/model/fields.ts';
import type { Mapping } from '../../../src/model/mapping.ts';

const RULE: NameRule = {
  showPath: true,
  useKernelName: false,
  startStack: 0,
  isSharedMemoryDevice: () => false,
};

function mapping(name: string, rss?: number, start = 0): Mapping {
  const values: number[] = [];
  if (rss !== undefined) values[slotOf.Rss] = rss;
  const place = { start, end: start + 4096, offset: 0, deviceMajor: 0, deviceMinor: 0, inode: '0' };
  return { ...place, perms: 'r--p', name, values };
}

function keys(text: string) {
  return parseSort(text, findColumn);
}

function sorted(list: readonly Mapping[], text: string): string {
  return sortMappings(list, keys(text), RULE)
    .map(({ name }) => name)
    .join(' ');
}

const LIST = [
  mapping('/b', 7),
  mapping('/a'),
  mapping('/d', 30),
  mapping('/c', 7),
  mapping('/e', 0),
];

describe('mappings', () => {
  test.each([
    ['rss', '/e /b /c /d /a'],
    ['-rss', '/d /b /c /e /a'],
    ['-rss,-mapping', '/d /c /b /e /a'],
    ['rss, mapping', '/e /b /c /d /a'],
    ['mapping', '/a /b /c /d /e'],
    ['-Mapping', '/e /d /c /b /a'],
    ['swap', '/b /a /d /c /e'],
    ['-swap', '/b /a /d /c /e'],
  ])('are sorted by %s', (text, expected) => expect(sorted(LIST, text)).toBe(expected));

  test('are compared by the bytes of their names, those without text last', () => {
    const list = [
      mapping('/\xff'),
      mapping('/z'),
      mapping('/Z'),
      mapping('/\xc3\xa4'),
      mapping('/'),
    ];
    expect(sorted(list, 'mapping')).toBe('/ /Z /z /\xc3\xa4 /\xff');
    const kinds = [mapping('/none'), { ...mapping('/heap'), kind: 'heap' as const }];
    expect(sorted(kinds, 'kind')).toBe('/heap /none');
    expect(sorted(kinds, '-kind')).toBe('/heap /none');
  });

  test('are copied, because a reader reuses its record', () => {
    const record = { ...mapping('/x', 1), values: [] as number[] };
    function* reading() {
      for (const rss of [3, 1, 2]) {
        record.values[slotOf.Rss] = rss;
        yield record;
      }
    }
    const rssOf = (list: readonly Mapping[]) => list.map(({ values }) => values[slotOf.Rss]);
    expect(rssOf(sortMappings(reading(), keys('rss'), RULE))).toEqual([1, 2, 3]);
    const top = topOf(2, keys('-rss'), RULE);
    for (const one of reading()) top.add(one);
    expect(rssOf(top.list())).toEqual([3, 2]);
  });
});

describe('sort keys', () => {
  test.each([
    ['', 0, 'a column is missing'],
    ['rss,', 4, 'a column is missing'],
    ['rss,,pss', 4, 'a column is missing'],
    ['-', 0, 'a column is missing'],
    ['rss,-swpa', 4, "unknown column 'swpa'; did you mean 'swap'?"],
    ['--rss', 0, "unknown column '-rss'; did you mean 'rss'?"],
  ])('%j are refused at %d', (text, at, message) => {
    const error = failure(text);
    expect([error.at, error.message]).toEqual([at, message]);
  });

  function failure(text: string): ParseError {
    try {
      keys(text);
    } catch (error) {
      if (error instanceof ParseError) return error;
    }
    throw new Error(`${text} was taken`);
  }
});

describe('the top of a list', () => {
  const one = fc.tuple(fc.constantFrom('/a', '/b', ''), fc.option(fc.nat(5), { nil: undefined }));
  const order = fc.constantFrom('rss', '-rss', 'mapping,-rss', '-mapping', 'swap', '-rss,address');

  test('is the beginning of the sorted list', () => {
    const same = fc.property(fc.array(one, { maxLength: 60 }), order, fc.nat(20), (rows, by, n) => {
      const list = rows.map(([name, rss], i) => mapping(name, rss, i * 4096));
      const top = topOf(n, keys(by), RULE);
      for (const row of list) top.add(row);
      expect(top.list()).toEqual(sortMappings(list, keys(by), RULE).slice(0, n));
    });
    fc.assert(same, { seed: 4, numRuns: 500 });
  });

  test('can be read while it is being filled', () => {
    const top = topOf(2, keys('-rss'), RULE);
    const rss = () => top.list().map(({ values }) => values[slotOf.Rss]);
    expect(rss()).toEqual([]);
    top.add(mapping('/a', 1));
    expect(rss()).toEqual([1]);
    for (const value of [5, 3, 4]) top.add(mapping('/a', value));
    expect(rss()).toEqual([5, 4]);
    top.add(mapping('/a', 9));
    expect(rss()).toEqual([9, 5]);
  });
});
