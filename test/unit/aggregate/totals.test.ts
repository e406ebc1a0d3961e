import { describe, expect, test } from 'vitest';
import { Totals } from '../../../src/aggregate/totals.ts';
import { inKib } from '../../../src/columns/column.ts';
import { columns } from '../../../src/columns/table.ts';
import type { Mapping } from '../../../src/model/mapping.ts';
import { SmapsReader } from '../../../src/proc/maps/smaps-reader.ts';
import { chunks } from '../../support/text/chunks.ts';

const { size, rss, dirty, writeablePrivate, sharedSize } = columns;
const ALL = [size, rss, dirty, writeablePrivate, sharedSize];

/** Adds up the mappings of a text of smaps: size, rss, dirty, writeable/private, shared. */
function totalsOf(smaps: string): number[] {
  const reader = new SmapsReader(chunks(smaps, 4096));
  const totals = new Totals(ALL);
  for (let next: Mapping | undefined = reader.next(); next; next = reader.next()) totals.add(next);
  return ALL.map((column) => inKib(column, totals.sum(column)));
}

describe('totals in KiB', () => {
  test('are 0 without mappings', () => {
    expect(totalsOf('')).toEqual([0, 0, 0, 0, 0]);
  });

  test('add up all mappings', () => {
    const text =
      '1000-3000 rw-p 0 0:0 0\nRss: 5 kB\nShared_Dirty: 1 kB\nPrivate_Dirty: 2 kB\n' +
      '4000-8000 r--p 0 0:0 0\nRss: 7 kB\nShared_Dirty: 10 kB\nPrivate_Dirty: 20 kB\n' +
      '9000-11000 rw-s 0 0:0 0\nRss: 11 kB\nShared_Dirty: 100 kB\nPrivate_Dirty: 200 kB\n';
    expect(totalsOf(text)).toEqual([56, 23, 333, 8, 32]);
  });

  test('use one part of Dirty if the kernel reports only that part', () => {
    const text =
      '1000-2000 r--p 0 0:0 0\nPrivate_Dirty: 3 kB\n2000-3000 r--p 0 0:0 0\nShared_Dirty: 4 kB\n';
    expect(totalsOf(text)).toEqual([8, 0, 7, 0, 0]);
  });

  test('do not confuse fields whose names begin alike', () => {
    expect(totalsOf('1000-2000 r--p 0 0:0 0\nRssX: 9 kB\nShared_DirtyX: 9 kB\n')).toEqual([
      4, 0, 0, 0, 0,
    ]);
  });

  test.each([
    ['rw-p', 4, 0],
    ['-w-p', 4, 0],
    ['rwxp', 4, 0],
    ['r--p', 0, 0],
    ['---p', 0, 0],
    ['rw-s', 0, 4],
    ['r--s', 0, 4],
    ['-wxs', 0, 4],
  ])('count a mapping %s as %d writeable/private and %d shared', (perms, writeable, shared) => {
    expect(totalsOf(`1000-2000 ${perms} 0 0:0 0\n`)).toEqual([4, 0, 0, writeable, shared]);
  });

  test('are rounded once at the end', () => {
    const text = '1000-1200 rw-p 0 0:0 0\n2000-2200 rw-p 0 0:0 0\n3000-3200 rw-p 0 0:0 0\n';
    expect(totalsOf(text)).toEqual([1, 0, 0, 1, 0]);
  });

  test('are exact for the whole address space', () => {
    const text =
      '0-7ffffffffffff000 rw-p 0 0:0 0\n7ffffffffffff000-ffffffffff601000 rw-p 0 0:0 0\n';
    expect(totalsOf(text)[0]).toBe(Number(0xffffffffff601000n / 1024n));
  });
});

test('a value that the kernel did not give is absent, not 0', () => {
  const first = new SmapsReader(chunks('1000-2000 r--p 0 0:0 0\nPss: 1 kB\n', 64)).next();
  expect(first && rss.value(first)).toBeUndefined();
  expect(first && dirty.value(first)).toBeUndefined();
});

test('totals have only the columns that they were given', () => {
  expect(new Totals([size]).sum(rss)).toBe(0);
});
