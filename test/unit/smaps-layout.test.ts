import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WantedFields } from '../../src/proc/reader.ts';
import { SmapsReader } from '../../src/proc/smaps-reader.ts';
import { chunks, tightWindow } from '../support/chunks.ts';
import { referenceMappings } from '../support/reference-reader.ts';

const KEYS = 'Size Rss Pss Pss_Dirty KSM Swap SwapPss Locked THPeligible VmFlags'.split(' ');

function fieldLine(key: string, value: number): string {
  if (key === 'VmFlags') return 'VmFlags: rd wr mr ';
  const line = `${`${key}:`.padEnd(16)}${String(value).padStart(8)}`;
  return key === 'THPeligible' ? line : `${line} kB`;
}

/** Eight records that are as long as each other, as the kernel prints them; a line an entry. */
function uniformLines(): string[][] {
  return Array.from({ length: 8 }, (_, record) => [
    `${record + 1}000-${record + 1}800 rw-p 00000000 00:00 0 `,
    ...KEYS.map((key, line) => fieldLine(key, 1000 * record + line)),
  ]);
}

function fieldsRead(text: string, chunkBytes: number, wanted: WantedFields) {
  const reader = new SmapsReader(chunks(text, chunkBytes), wanted, tightWindow(chunkBytes));
  const list: Record<string, unknown>[] = [];
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    const met = mapping.values.map((value, slot) => [reader.vocabulary.name(slot), value]);
    list.push(Object.fromEntries(met.filter(([, value]) => value !== undefined)));
  }
  return list;
}

/** What may happen to one line of one record without making it another thing than a field. */
const CHANGES: Readonly<Record<string, (line: string) => string>> = {
  'another key of the same length': (line) =>
    line.replace(/^.*?:/, (key) => 'Z'.repeat(key.length - 1).concat(':')),
  'its last letter': (line) => line.replace(/.:/, 'z:'),
  'its first letter': (line) => line.replace(/^./, 'z'),
  'a shorter key': (line) => line.replace(/^.(.*?): /, '$1:  '),
  'text for a number': (line) => line.replace(/ {2}([0-9]+)/, ' x$1'),
  'text behind a number': (line) => line.replace(/ ([0-9]+)/, '$1x'),
  'a blank in a number': (line) => line.replace(/ {2}([0-9])/, ' $1 '),
  'a tab': (line) => line.replace('  ', ' \t'),
  'no number': (line) => line.replace(/[0-9]/g, ' '),
  'a number as wide as its field': (line) =>
    line.replace(/ {3}(\d+)/, (all) => '7'.repeat(all.length)),
  'a number wider than its field': (line) => line.replace(/(\d+)/, '99999999$1'),
  'no unit': (line) => line.replace(' kB', ''),
  'a unit too many': (line) => `${line.trimEnd()} kB`,
  'another unit': (line) => line.replace('kB', 'MB'),
  'a digit for the blank before the unit': (line) => line.replace(' kB', '0kB'),
  'blanks for the unit': (line) => line.replace('kB', '  '),
  'a blank at the end': (line) => `${line} `,
};

describe('records of one form, and one line of one of them changed', () => {
  test.each(Object.entries(CHANGES))('%s: all are read as line by line', (_, change) => {
    const position = fc.tuple(fc.nat(7), fc.integer({ min: 1, max: KEYS.length }));
    const wanted = fc.constantFrom<WantedFields>('all', ['Rss', 'Swap', 'THPeligible']);
    const size = fc.constantFrom(64, 300, 1 << 16);
    const agrees = fc.property(position, wanted, size, ([record, line], fields, chunkBytes) => {
      const lines = uniformLines();
      const changed = lines.map((each, i) =>
        each.map((old, j) => (i === record && j === line ? change(old) : old)),
      );
      const text = changed
        .flat()
        .map((each) => `${each}\n`)
        .join('');
      const expected = referenceMappings(text).map((each) =>
        Object.fromEntries(
          Object.entries(each.fields).filter(([key]) => fields === 'all' || fields.includes(key)),
        ),
      );
      expect(fieldsRead(text, chunkBytes, fields)).toEqual(expected);
    });
    fc.assert(agrees, { seed: 17, numRuns: 120 });
  });

  test('keys that a hidden record had do not keep fields from the one behind', () => {
    const fields = (a: string, b: string) => [fieldLine(a, 1), fieldLine(b, 2)];
    const text = [
      ...['1000-2000 rw-p 0 0:0 0', ...fields('Rss', 'Swap')],
      ...['2000-3000 rw-p 0 0:0 0', ...fields('Rss', 'Swap')],
      ...['3000-4000 rw-p damaged', ...fields('Swap', 'Rss')],
      ...['4000-5000 rw-p 0 0:0 0', fieldLine('Rss', 1), 'garbage', fieldLine('Swap', 3)],
      '',
    ].join('\n');
    expect(fieldsRead(text, 1 << 16, 'all')).toEqual([
      { Rss: 1, Swap: 2 },
      { Rss: 1, Swap: 2 },
      { Rss: 1, Swap: 3 },
    ]);
  });
});
