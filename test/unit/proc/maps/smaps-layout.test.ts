import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWanted, type WantedFields } from '../../../../src/proc/maps/mapping-reader.ts';
import { SmapsReader } from '../../../../src/proc/maps/smaps-reader.ts';
import { CHUNK_SIZES, chunks, tightWindow } from '../../../support/text/chunks.ts';
import { type ReferenceMapping, referenceReading } from '../../../support/text/reference-reader.ts';

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

/** The mappings that a reader returns, with all their fields, and whether it found damage. */
function recordsRead(text: string, chunkBytes: number, wanted: WantedFields) {
  const reader = new SmapsReader(chunks(text, chunkBytes), wanted, tightWindow(chunkBytes));
  const list: ReferenceMapping[] = [];
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    const { start, end, perms, offset, deviceMajor, deviceMinor, inode, name, values } = mapping;
    const met = values.map((value, slot) => [reader.vocabulary.name(slot), value]);
    const fields = Object.fromEntries(met.filter(([, value]) => value !== undefined));
    list.push({ start, end, perms, offset, deviceMajor, deviceMinor, inode, name, fields });
  }
  return { mappings: list, isDamaged: reader.notes.malformedCount > 0 };
}

function fieldsRead(text: string, chunkBytes: number, wanted: WantedFields) {
  return recordsRead(text, chunkBytes, wanted).mappings.map(({ fields }) => fields);
}

/** A line after the change; undefined if it is removed. */
type Change = (line: string) => string | undefined;

/** Changes of one line of a record after which it is still a field. */
const CHANGES: Readonly<Record<string, Change>> = {
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
  'a key missing': () => undefined,
};

/** Changes of the line of text that closes a record. */
const FLAG_CHANGES: Readonly<Record<string, Change>> = {
  'longer flags': (line) => `${line}mw me ms gd io lo ac nr `,
  'shorter flags': () => 'VmFlags: rd ',
  'no flags': () => 'VmFlags: ',
  'a number for flags': () => 'VmFlags: 12',
  'a size for flags': () => 'VmFlags:    12 kB',
  'text that begins like a number': () => 'VmFlags: 12 rd',
  'a longer key': (line) => line.replace(':', 'X:'),
  'no line of flags': () => undefined,
};

/** The fields to read: with the flags and without, by name and by exclusion. */
const WANTED: readonly WantedFields[] = [
  'all',
  ['Rss', 'Swap', 'THPeligible'],
  { except: ['VmFlags', 'Pss'] },
];

/** Changes one line of one record, and expects the result of a reader that goes line by line. */
function expectAgreement(change: Change, lines: fc.Arbitrary<number>, chunkBytes: number): void {
  const which = fc.tuple(fc.nat(7), lines, fc.constantFrom(...WANTED));
  const agrees = fc.property(which, ([record, line, wanted]) => {
    const changed = uniformLines().map((each, i) =>
      each.flatMap((old, j) => (i === record && j === line ? (change(old) ?? []) : [old])),
    );
    const text = changed
      .flat()
      .map((each) => `${each}\n`)
      .join('');
    const expected = referenceReading(text);
    const mappings = expected.mappings.map((each) => ({
      ...each,
      fields: Object.fromEntries(
        Object.entries(each.fields).filter(([key]) => isWanted(wanted, key)),
      ),
    }));
    const isDamaged = expected.damaged.length > 0;
    expect(recordsRead(text, chunkBytes, wanted)).toEqual({ mappings, isDamaged });
  });
  // A record is parsed again for each chunk of it: byte by byte a run takes long.
  fc.assert(agrees, { seed: 17, numRuns: chunkBytes < 64 ? 10 : 40 });
}

describe.each([...CHUNK_SIZES, 300, 1 << 16])('in chunks of %d bytes', (chunkBytes) => {
  test.each(Object.entries(CHANGES))('%s: all records are read as if line by line', (_, change) => {
    expectAgreement(change, fc.integer({ min: 1, max: KEYS.length }), chunkBytes);
  });

  test.each(Object.entries(FLAG_CHANGES))(
    '%s: all records are read as if line by line',
    (_, change) => {
      expectAgreement(change, fc.constant(KEYS.length), chunkBytes);
    },
  );
});

describe('records of one form', () => {
  test('keys of a hidden record do not take fields from the record after it', () => {
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
      { Rss: 1 },
    ]);
  });
});
