import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowStore } from '../../../src/format/row-store.ts';
import { copyMapping, type Mapping, NO_MAPPING } from '../../../src/model/mapping.ts';

const page = fc.bigInt(0n, (1n << 52n) - 1n).map((n) => Number(n * 4096n));
const value = fc.oneof(
  fc.constant(undefined),
  fc.nat(),
  fc.constantFrom(0, 2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 2 ** 64, '', 'rd wr', '7'),
);
const mapping: fc.Arbitrary<Mapping> = fc.record({
  start: page,
  end: page,
  offset: page,
  perms: fc.constantFrom('rw-p', 'r-xs', '----'),
  deviceMajor: fc.oneof(fc.nat(300), fc.constant(2 ** 40)),
  deviceMinor: fc.nat(2 ** 20),
  inode: fc.bigInt(0n, (1n << 64n) - 1n).map(String),
  name: fc.constantFrom('', '/usr/lib/libc.so.6', '[heap]', '7'),
  values: fc.array(value, { maxLength: 30 }),
});

function shown(store: RowStore): Mapping[] {
  const list: Mapping[] = [];
  store.visit((each) => list.push({ ...each, values: [...each.values] }));
  return list;
}

function storeOf(rows: readonly Mapping[]): RowStore {
  const store = new RowStore();
  for (const each of rows) store.add(each);
  return store;
}

/** A field that the kernel did not print may stand as undefined or not at all. */
function normal({ values, ...facts }: Mapping) {
  const said = [...values].flatMap((each, slot) => (each === undefined ? [] : [[slot, each]]));
  return { ...facts, values: said };
}

describe('stored rows', () => {
  test('are returned as they came', () => {
    const same = fc.property(fc.array(mapping, { maxLength: 40 }), (rows) => {
      const store = storeOf(rows);
      const expected = rows.map((each) => normal(copyMapping(each)));
      expect(store.count).toBe(rows.length);
      expect(shown(store).map(normal)).toEqual(expected);
    });
    fc.assert(same, { seed: 6, numRuns: 300 });
  });

  test('are returned as they came, even thousands with more fields and fewer', () => {
    const [first, second] = fc.sample(mapping, { seed: 4, numRuns: 2 }) as [Mapping, Mapping];
    const rows = Array.from({ length: 5000 }, (_, i) => ({
      ...(i % 3 === 0 ? first : second),
      start: i * 4096,
      values: Array.from({ length: i > 2000 && i < 2100 ? 40 : 20 }, (_, slot) => i * slot),
    }));
    expect(shown(storeOf(rows)).map(normal)).toEqual(rows.map(normal));
  });

  test('take little memory even if each has a field of its own', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({
      ...NO_MAPPING,
      values: Array.from({ length: i }, (_, slot) => (slot === i - 1 ? i : undefined)),
    }));
    const before = process.memoryUsage().arrayBuffers;
    const store = storeOf(rows);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
    expect(shown(store).map(normal)).toEqual(rows.map(normal));
  });

  test('do not change with the object that they were copied from', () => {
    const changing = { ...NO_MAPPING, start: 0x1000, values: [1, 2] };
    const store = storeOf([changing]);
    changing.values[0] = 9;
    changing.start = 0x7000;
    expect(shown(store)).toEqual([{ ...NO_MAPPING, start: 0x1000, values: [1, 2] }]);
  });
});
