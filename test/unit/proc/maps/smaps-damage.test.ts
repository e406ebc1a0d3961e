import { describe, expect, test } from 'vitest';
import { SmapsReader } from '../../../../src/proc/maps/smaps-reader.ts';
import { CHUNK_SIZES, chunks, tightWindow } from '../../../support/text/chunks.ts';

const A = '1000-2000 rw-p 0 0:0 1 /a\n';
const B = '3000-4000 r--p 0 0:0 2 /b\n';
const HEADER = "'start-end perms offset device inode [name]'";
const FIELD = "'Key: value' or the first line of a mapping";

function read(text: string, n: number) {
  const reader = new SmapsReader(chunks(text, n), 'all', tightWindow(n));
  const fields: Record<string, Record<string, unknown>> = {};
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    const met = mapping.values.map((value, slot) => [reader.vocabulary.name(slot), value]);
    fields[mapping.name] = Object.fromEntries(met.filter(([, value]) => value !== undefined));
  }
  return { fields, notes: reader.notes };
}

describe.each(CHUNK_SIZES)('damaged smaps in chunks of %d bytes', (n) => {
  test.each([
    ['a line of garbage', 'garbage'],
    ['an empty line', ''],
    ['a line without key', ': 12 kB'],
    ['a key with a blank in it', 'Rss x: 12 kB'],
    ['bytes', '\0\xff\x01'],
  ])(
    '%s in a record is noted with its line, and nothing after it belongs to the record',
    (_, line) => {
      const { fields, notes } = read(
        `${A}Rss: 1 kB\n${line}\nPss: 2 kB\n${B}Rss: 3 kB\nPss: 4 kB\n`,
        n,
      );
      expect(fields).toEqual({ '/a': { Rss: 1 }, '/b': { Rss: 3, Pss: 4 } });
      expect(notes.malformed).toEqual({ line: 3, expected: FIELD, found: line });
      expect(notes.malformedCount).toBe(1);
      expect(notes.wasCut).toBe(false);
    },
  );

  test('a line whose key has control characters is not a field', () => {
    const { fields, notes } = read(`${A}Rss: 1 kB\nE\x1b[31m: 2 kB\nPss: 3 kB\n`, n);
    expect(fields).toEqual({ '/a': { Rss: 1 } });
    expect(notes.malformed).toEqual({ line: 3, expected: FIELD, found: 'E\x1b[31m: 2 kB' });
  });

  test('a damaged first line hides its record and leaves the one before unchanged', () => {
    const text = `${A}Rss: 1 kB\nPss: 2 kB\n3g00-4000 r--p 0 0:0 2 /b\nRss: 3 kB\nPss: 4 kB\n`;
    const { fields, notes } = read(text, n);
    expect(fields).toEqual({ '/a': { Rss: 1, Pss: 2 } });
    expect(notes.malformed).toEqual({
      line: 4,
      expected: FIELD,
      found: '3g00-4000 r--p 0 0:0 2 /b',
    });
    expect(notes.malformedCount).toBe(1);
  });

  test('fields of a record with a damaged first line are not added to the record before it', () => {
    const text = `${A}Rss: 1 kB\nPss: 2 kB\nnonsense\nRss: 3 kB\nPss: 4 kB\nNonlinear: 5 kB\nVmFlags: rd \n`;
    expect(read(text, n).fields).toEqual({ '/a': { Rss: 1, Pss: 2 } });
  });

  test('a first line that is damaged after a good beginning hides only its own record', () => {
    const text = `${A}Rss: 1 kB\n3000-4000 rw-p zz 0:0 2 /x\nRss: 2 kB\nPss: 3 kB\n${B}Rss: 4 kB\n`;
    const { fields, notes } = read(text, n);
    expect(fields).toEqual({ '/a': { Rss: 1 }, '/b': { Rss: 4 } });
    expect(notes.malformed).toEqual({
      line: 3,
      expected: HEADER,
      found: '3000-4000 rw-p zz 0:0 2 /x',
    });
    expect(notes.malformedCount).toBe(1);
  });

  test('fields before the first mapping are not a mapping', () => {
    const { fields, notes } = read(`Rss: 9 kB\nPss: 8 kB\n${A}Rss: 1 kB\n`, n);
    expect(fields).toEqual({ '/a': { Rss: 1 } });
    expect(notes.malformed).toEqual({ line: 1, expected: HEADER, found: 'Rss: 9 kB' });
  });

  test('addresses that go backwards are noted', () => {
    expect(read(`${B}Rss: 1 kB\n${A}Rss: 2 kB\n`, n).notes.wentBackwards).toBe(true);
  });

  test.each([
    ['a number', `${A}Rss: 1 kB\nPss: 2 kB\n${B}Rss: 3 kB\nPss: 4`],
    ['a unit', `${A}Rss: 1 kB\nPss: 2 kB\n${B}Rss: 3 kB\nPss: 4 k`],
    ['a key', `${A}Rss: 1 kB\nPss: 2 kB\n${B}Rss: 3 kB\nPs`],
    ['a record, behind a whole line', `${A}Rss: 1 kB\nVmFlags: rd\n${B}Rss: 3 kB\n`],
    ['a record, behind its first line', `${A}Rss: 1 kB\nPss: 2 kB\n${B}`],
    ['a first line', `${A}Rss: 1 kB\nPss: 2 kB\n3000-4000 r--p 0 0:0 2 /b`],
    ['an inode', `${A.replace('\n', '')}\nRss: 1 kB\n3000-4000 r--p 0 8:1 12`],
    ['a name in brackets', `${A}3000-4000 rw-p 0 0:0 0     [sta`],
    ['a flag', `${A}Rss: 1 kB\nVmFlags: rd wr \n${B}Rss: 3 kB\nVmFlags: rd w`],
    ['a record whose keys are not all there', `${A}Rss: 1 kB\nPss: 2 kB\n${B}Rss: 3 kB`],
    ['an address', `${A}Rss: 1 kB\nPss: 2 kB\n30`],
    ['a range', `${A}Rss: 1 kB\nPss: 2 kB\n3000-40`],
  ])('a file that ends in the middle of %s is known to be cut', (_, text) => {
    const { fields, notes } = read(text, n);
    expect(fields['/a']).toBeDefined();
    expect(notes.wasCut).toBe(true);
  });

  test.each([
    ['has the fields of the others', `${A}Rss: 1 kB\nPss: 2 kB\n${B}Rss: 3 kB\nPss: 4 kB\n`],
    ['has more fields', `${A}Rss: 1 kB\n${B}Rss: 3 kB\nPss: 4 kB\n`],
    ['has other fields', `${A}Rss: 1 kB\nPss: 2 kB\nSwap: 3 kB\n${B}Rss: 3 kB\nLocked: 4 kB\n`],
    [
      'lacks one in the middle',
      `${A}Rss: 1 kB\nPss: 2 kB\nSwap: 3 kB\n${B}Rss: 3 kB\nSwap: 4 kB\n`,
    ],
    ['lacks only its newline', `${A}Rss: 1 kB\nPss: 2 kB\n${B}Rss: 3 kB\nPss: 4 kB`],
    ['lacks only its newline, after flags', `${A}VmFlags: rd\n${B}VmFlags: rd wr `],
  ])('a file whose last record %s is whole', (_, text) => {
    expect(read(text, n).notes.wasCut).toBe(false);
  });

  test('what precedes the cut is shown', () => {
    const { fields } = read(`${A}Rss: 1 kB\nPss: 2 kB\n${B}Rss: 3 kB\nPss: 4`, n);
    expect(fields['/b']?.['Rss']).toBe(3);
  });

  test('garbage is refused line by line and does not stop the reader', () => {
    const { fields, notes } = read(`\0\0\n\xff\xfe\n\n${A}Rss: 1 kB\n`, n);
    expect(fields).toEqual({ '/a': { Rss: 1 } });
    expect(notes.malformed).toEqual({ line: 1, expected: HEADER, found: '\0\0' });
  });
});
