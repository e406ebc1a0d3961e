import { describe, expect, test } from 'vitest';
import { SmapsReader } from '../../../../src/proc/maps/smaps-reader.ts';
import { CHUNK_SIZES, chunks, tightWindow } from '../../../support/text/chunks.ts';

const A = '1000-2000 rw-p 0 0:0 1 /a\n';
const B = '3000-4000 r--p 0 0:0 2 /b\n';

function read(text: string, n: number) {
  const reader = new SmapsReader(chunks(text, n), 'all', tightWindow(n));
  const fields: Record<string, unknown>[] = [];
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    const met = mapping.values.map((value, slot) => [reader.vocabulary.name(slot), value]);
    fields.push(Object.fromEntries(met.filter(([, value]) => value !== undefined)));
  }
  const { malformed, malformedCount } = reader.notes;
  return { fields, malformed, malformedCount };
}

describe.each(CHUNK_SIZES)('values in chunks of %d bytes', (n) => {
  test.each([
    ['a blank behind it', 'Rss: 40 kB '],
    ['a tab behind it', 'Rss: 40 kB\t'],
    ['a CR behind it', 'Rss: 40 kB\r'],
    ['CR CR behind it', 'Rss: 40 kB\r\r'],
    ['tabs before it', 'Rss:\t\t40 kB'],
    ['tabs and blanks before it', 'Rss: \t 40 kB'],
    ['a tab before its unit', 'Rss: 40\tkB'],
    ['nothing before it', 'Rss:40 kB'],
  ])('a size with %s is a number', (_, line) => {
    const text = `${A}${line}\nSwap: 1 kB\n${B}Rss: 2 kB\nSwap: 3 kB\n`;
    const fields = [
      { Rss: 40, Swap: 1 },
      { Rss: 2, Swap: 3 },
    ];
    expect(read(text, n)).toEqual({ fields, malformed: undefined, malformedCount: 0 });
  });

  test('a count behind tabs is a number, as kernels 5.3 to 5.8 print it', () => {
    const text = `${A}Rss: 40 kB\nTHPeligible:\t\t1\nVmFlags: rd wr \n`;
    expect(read(text, n).fields).toEqual([{ Rss: 40, THPeligible: 1, VmFlags: 'rd wr' }]);
  });

  test.each([
    ['a remark', 'Rss: 40 kB (shared)', "'Rss: number kB'"],
    ['no unit', 'Rss: 40', "'Rss: number kB'"],
    ['another unit', 'Rss: 40 MB', "'Rss: number kB'"],
    ['a sign', 'Rss: -40 kB', "'Rss: number kB'"],
    ['no number', 'Rss: kB', "'Rss: number kB'"],
    ['nothing at all', 'Rss:', "'Rss: number kB'"],
    ['a unit too many', 'THPeligible: 1 kB', "'THPeligible: number'"],
    ['a flag of three letters', 'VmFlags: rd wrx mr', "'VmFlags: flags of two letters each'"],
  ])('a value with %s is damage, and not text', (_, line, expected) => {
    const text = `${A}Pss: 1 kB\n${line}\nSwap: 2 kB\n${B}Pss: 3 kB\nSwap: 4 kB\n`;
    const malformed = { line: 3, expected, found: line };
    const fields = [
      { Pss: 1, Swap: 2 },
      { Pss: 3, Swap: 4 },
    ];
    expect(read(text, n)).toEqual({ fields, malformed, malformedCount: 1 });
  });

  test.each([
    ['text among numbers', 'New: 1 kB', 'New: x', "'New: number kB'"],
    ['a count among sizes', 'New: 1 kB', 'New: 1', "'New: number kB'"],
    ['a size among counts', 'New: 1', 'New: 1 kB', "'New: number'"],
    ['a number among texts', 'New: x', 'New: 1', "'New: text'"],
  ])('%s of a field that is new to tsmap is damage', (_, first, second, expected) => {
    const text = `${A}${first}\n${B}${second}\n`;
    const { fields, malformed } = read(text, n);
    expect(fields[1]).toEqual({});
    expect(malformed).toEqual({ line: 4, expected, found: second });
  });

  test('a record whose first line is lost does not overwrite the numbers of the one before', () => {
    const text = `${A}Rss: 1 kB\nPss: 2 kB\nVmFlags: rd\nRss: 3 kB\nPss: 4 kB\nVmFlags: wr\n${B}Rss: 5 kB\n`;
    const expected = 'a key that this record does not have yet';
    const malformed = { line: 5, expected, found: 'Rss: 3 kB' };
    const fields = [{ Rss: 1, Pss: 2, VmFlags: 'rd' }, { Rss: 5 }];
    expect(read(text, n)).toEqual({ fields, malformed, malformedCount: 1 });
  });

  test('a first line behind the end of the line before is told, and its fields go nowhere', () => {
    const text = `${A}Rss: 1 kB\nVmFlags: rd wr${B}Rss: 3 kB\nVmFlags: rd\n5000-6000 rw-p 0 0:0 0 \nRss: 5 kB\n`;
    const { fields, malformed } = read(text, n);
    expect(fields).toEqual([{ Rss: 1 }, { Rss: 5 }]);
    expect(malformed).toMatchObject({ line: 3, expected: "'VmFlags: flags of two letters each'" });
  });

  test('more different keys than any kernel has are damage', () => {
    const keys = Array.from({ length: 1200 }, (_, i) => `K${i}: 1 kB\n`).join('');
    const { fields, malformed, malformedCount } = read(`${A}${keys}`, Math.max(n, 64));
    expect(Object.keys(fields[0] ?? {})).toHaveLength(1000);
    expect(malformed).toMatchObject({ line: 1002, found: 'K1000: 1 kB' });
    expect(malformedCount).toBe(200);
  });
});
