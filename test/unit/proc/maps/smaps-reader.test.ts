import { describe, expect, test } from 'vitest';
import type { WantedFields } from '../../../../src/proc/maps/mapping-reader.ts';
import { SmapsReader } from '../../../../src/proc/maps/smaps-reader.ts';
import { CHUNK_SIZES, chunks, tightWindow } from '../../../support/text/chunks.ts';

const A = '1000-2000 rw-p 0 0:0 1 /a\n';
const B = '3000-4000 r--p 0 0:0 2 /b\n';
const C = '5000-6000 r--p 0 0:0 3 /c\n';

function read(text: string, n = 4096, wanted: WantedFields = 'all') {
  const reader = new SmapsReader(chunks(text, n), wanted, tightWindow(n));
  const fields: Record<string, Record<string, unknown>> = {};
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    const met = mapping.values.map((value, slot) => [reader.vocabulary.name(slot), value]);
    fields[mapping.name] = Object.fromEntries(met.filter(([, value]) => value !== undefined));
  }
  const { order } = reader.vocabulary;
  const kinds = order.map(
    (slot) => `${reader.vocabulary.name(slot)}:${reader.vocabulary.kind(slot)}`,
  );
  return { fields, kinds, notes: reader.notes };
}

describe.each(CHUNK_SIZES)('the reader of smaps, in chunks of %d bytes', (n) => {
  test('reads nothing from an empty file', () => {
    expect(read('', n).fields).toEqual({});
  });

  test('distinguishes kB, counts and text', () => {
    const text = `${A}Rss:                  12 kB\nTHPeligible:           1\nVmFlags: rd wr ?? mr \nOdd: 3 pages\n`;
    const { fields, kinds } = read(text, n);
    expect(fields).toEqual({
      '/a': { Rss: 12, THPeligible: 1, VmFlags: 'rd wr ?? mr', Odd: '3 pages' },
    });
    expect(kinds).toEqual(['Rss:kib', 'THPeligible:count', 'VmFlags:text', 'Odd:text']);
  });

  test.each([
    ['SwapPss: 5 kB\nSwap: 6 kB\n', { SwapPss: 5, Swap: 6 }],
    ['Swap: 6 kB\nSwapPss: 5 kB\nSwapX: 7 kB\n', { Swap: 6, SwapPss: 5, SwapX: 7 }],
    ['SwapPss: 5 kB\n', { SwapPss: 5 }],
    ['Swa: 1 kB\nS: 2 kB\n', { Swa: 1, S: 2 }],
    ['Pss_Dirty: 1 kB\nPss: 2 kB\n', { Pss_Dirty: 1, Pss: 2 }],
    ['abc: 3 kB\nf00: 4\n', { abc: 3, f00: 4 }],
  ])('never takes a key for a shorter one: %j', (lines, expected) => {
    expect(read(A + lines, n).fields).toEqual({ '/a': expected });
  });

  test.each([
    ['VmFlags: \n', ''],
    ['VmFlags:\n', ''],
    ['VmFlags: ?? rd zz q9 \n', '?? rd zz q9'],
  ])('reads VmFlags completely: %j', (line, expected) => {
    expect(read(A + line, n).fields).toEqual({ '/a': { VmFlags: expected } });
  });

  test('leaves out what a record does not have, whatever the record before it had', () => {
    const text = `${A}Rss: 1 kB\nSwap: 2 kB\n${B}Rss: 0 kB\nLocked: 9 kB\n${C}VmFlags: rd \n`;
    expect(read(text, n).fields).toEqual({
      '/a': { Rss: 1, Swap: 2 },
      '/b': { Rss: 0, Locked: 9 },
      '/c': { VmFlags: 'rd' },
    });
  });

  test('reads keys in any other order', () => {
    const text = `${A}Rss: 1 kB\nPss: 2 kB\nSwap: 3 kB\n${B}Swap: 6 kB\nRss: 4 kB\nPss: 5 kB\n${C}Pss: 8 kB\nRss: 7 kB\nSwap: 9 kB\n`;
    expect(read(text, n).fields).toEqual({
      '/a': { Rss: 1, Pss: 2, Swap: 3 },
      '/b': { Rss: 4, Pss: 5, Swap: 6 },
      '/c': { Rss: 7, Pss: 8, Swap: 9 },
    });
  });

  test('parses only the wanted fields, and lists the others', () => {
    const { fields, kinds } = read(`${A}Rss: 1 kB\nSwapX: 2 kB\nVmFlags: rd \n`, n, ['SwapX']);
    expect(fields).toEqual({ '/a': { SwapX: 2 } });
    expect(kinds).toEqual(['Rss:kib', 'SwapX:kib', 'VmFlags:text']);
  });

  test('reports nothing about a correct text', () => {
    const { notes } = read(`${A}Rss: 1 kB\nSwap: 2 kB\n${B}Rss: 3 kB\nSwap: 4 kB\n`, n);
    expect(notes).toMatchObject({
      malformed: undefined,
      malformedCount: 0,
      wentBackwards: false,
      wasCut: false,
    });
  });
});

test('numbers up to 2^53 are exact', () => {
  const text = `${A}Rss: 1099511627776 kB\nPss: 9007199254740991 kB\n`;
  expect(read(text).fields).toEqual({ '/a': { Rss: 1099511627776, Pss: 9007199254740991 } });
});

describe('the Name: line of Android', () => {
  const anonymous = '1000-2000 rw-p 0 0:0 0 \n';

  test.each<WantedFields>(['all', ['Rss'], []])(
    'gives a mapping its name if %j is wanted',
    (wanted) => {
      const text = `${anonymous}Name:           [anon:dalvik-main space (region space)]\nRss: 1 kB\n`;
      expect(Object.keys(read(text, 7, wanted).fields)).toEqual([
        '[anon:dalvik-main space (region space)]',
      ]);
    },
  );

  test('does not replace a name in the first line, and applies to its record only', () => {
    const text = `${A}Name: [anon:x]\nRss: 1 kB\n3000-4000 rw-p 0 0:0 0 \nRss: 2 kB\n`;
    expect(Object.keys(read(text).fields)).toEqual(['/a', '']);
  });
});
