import { describe, expect, test } from 'vitest';
import { Groups, groupMappings } from '../../../src/aggregate/group.ts';
import { KindClassifier } from '../../../src/aggregate/kinds/classifier.ts';
import { Totals } from '../../../src/aggregate/totals.ts';
import { columns } from '../../../src/columns/table.ts';
import { FieldVocabulary, slotOf } from '../../../src/model/fields.ts';
import { GROUPINGS } from '../../../src/model/grouping.ts';
import type { Mapping } from '../../../src/model/mapping.ts';

/** Pages of 4 KiB, each mapping right behind the one before; classified. */
function layout(...rows: readonly [pages: number, perms: string, name: string, rss?: number][]) {
  let start = 0x10000;
  const classifier = new KindClassifier({ startStack: 0 });
  return rows.map(([pages, perms, name, rss]): Mapping => {
    const end = start + pages * 4096;
    const values: (number | string | undefined)[] = [];
    values[slotOf.KernelPageSize] = 4;
    if (rss !== undefined) values[slotOf.Rss] = rss;
    values[slotOf.THPeligible] = 1;
    values[slotOf.VmFlags] = 'rd';
    const place = { start, end, offset: 0, deviceMajor: 8, deviceMinor: 1, inode: '77' };
    start = end;
    const mapping = { ...place, perms, name, values };
    return { ...mapping, ...classifier.classify(mapping) };
  });
}

const LIST = layout(
  [1, 'r--p', '/lib/a.so', 4],
  [2, 'r-xp', '/lib/a.so', 8],
  [3, 'rw-p', '/lib/a.so'],
  [4, 'rw-p', '', 16],
  [5, 'rw-p', '', 1],
  [6, 'rw-p', '[heap]', 2],
  [7, 'r--p', '__proto__', 5],
  [8, 'r--p', '__proto__', 6],
);

function grouped(by: (typeof GROUPINGS)[number]) {
  return groupMappings(LIST, by, new FieldVocabulary()).map(
    ({ name, kind, perms, start, end, count, values }) => {
      expect(start).toBe(0);
      return [name, kind, perms, end / 4096, count, values[slotOf.Rss]];
    },
  );
}

describe('groups', () => {
  test('of mappings have the label of their owner', () => {
    expect(grouped('mapping')).toEqual([
      ['/lib/a.so', undefined, '----', 6, 3, 12],
      ['/lib/a.so [bss]', 'bss', 'rw-p', 4, 1, 16],
      ['[anon]', 'anonymous', 'rw-p', 5, 1, 1],
      ['[heap]', 'heap', 'rw-p', 6, 1, 2],
      ['__proto__', 'device', 'r--p', 15, 2, 11],
    ]);
  });

  test('of a kind have the kind', () => {
    expect(grouped('kind')).toEqual([
      ['', 'read-only-data', 'r--p', 1, 1, 4],
      ['', 'code', 'r-xp', 2, 1, 8],
      ['', 'data', 'rw-p', 3, 1, undefined],
      ['', 'bss', 'rw-p', 4, 1, 16],
      ['', 'anonymous', 'rw-p', 5, 1, 1],
      ['', 'heap', 'rw-p', 6, 1, 2],
      ['', 'device', 'r--p', 15, 2, 11],
    ]);
  });

  test('of a mode have the permissions', () => {
    expect(grouped('mode')).toEqual([
      ['', undefined, 'r--p', 16, 3, 15],
      ['', 'code', 'r-xp', 2, 1, 8],
      ['', undefined, 'rw-p', 18, 4, 19],
    ]);
  });

  test.each(GROUPINGS)('by %s add up to the whole', (by) => {
    const vocabulary = new FieldVocabulary();
    const summed = [columns.size, columns.rss, columns.mappings];
    const [all, groups] = [new Totals(summed), new Totals(summed)];
    for (const one of LIST) all.add(one);
    for (const one of groupMappings(LIST, by, vocabulary)) groups.add(one);
    for (const column of summed) expect(groups.sum(column)).toBe(all.sum(column));
  });

  test('leave out text and what cannot be added up', () => {
    const [first] = groupMappings(LIST, 'mode', new FieldVocabulary());
    expect(first?.values.filter((value) => value !== undefined)).toEqual([15]);
    expect([first?.inode, first?.deviceMajor, first?.offset]).toEqual(['0', 0, 0]);
  });

  test('add up fields that are new to tsmap, once a reading has met them as sizes', () => {
    const vocabulary = new FieldVocabulary();
    const [size, count] = [vocabulary.slot('NewSize'), vocabulary.slot('NewCount')];
    vocabulary.meet(size, 'kib', -1);
    vocabulary.meet(count, 'count', size);
    const groups = new Groups('kind', vocabulary);
    for (const one of LIST.slice(0, 2)) {
      const values: number[] = [];
      values[size] = 7;
      values[count] = 9;
      groups.add({ ...one, values, kind: 'code' });
    }
    const [only] = groups.list();
    expect([only?.values[size], only?.values[count]]).toEqual([14, undefined]);
  });

  test('for a total are a single group, classified or not', () => {
    const plain = LIST.map(({ kind, owner, ...mapping }): Mapping => mapping);
    for (const list of [LIST, plain]) {
      const [only, ...others] = groupMappings(list, 'total', new FieldVocabulary());
      expect([only?.name, only?.count, only?.values[slotOf.Rss]]).toEqual(['', 8, 42]);
      expect(others).toEqual([]);
    }
  });

  test('of a mode need no kinds', () => {
    const plain = LIST.map(({ kind, owner, ...mapping }): Mapping => mapping);
    const groups = groupMappings(plain, 'mode', new FieldVocabulary());
    expect(groups.map(({ perms, kind, count }) => [perms, kind, count])).toEqual([
      ['r--p', undefined, 3],
      ['r-xp', undefined, 1],
      ['rw-p', undefined, 4],
    ]);
  });

  test('of groups count the mappings in these groups', () => {
    const groups = new Groups('kind', new FieldVocabulary());
    for (const count of [3, 4]) {
      groups.add({ ...(LIST[0] as Mapping), count, kind: 'code' });
    }
    expect(groups.list().map(({ count }) => count)).toEqual([7]);
  });
});
