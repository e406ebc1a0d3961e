import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../../../src/aggregate/filter/compile.ts';
import { ParseError } from '../../../../src/aggregate/parse-error.ts';
import { findColumn } from '../../../../src/columns/catalogue.ts';
import type { NameRule } from '../../../../src/columns/mapping-name.ts';
import { toByteString } from '../../../../src/model/byte-string.ts';
import { FieldVocabulary, slotOf } from '../../../../src/model/fields.ts';
import type { Mapping } from '../../../../src/model/mapping.ts';

const RULE: NameRule = {
  showPath: true,
  useKernelName: false,
  startStack: 0,
  isSharedMemoryDevice: () => false,
};

/** 2 MiB of libc with an Rss of 1000 KiB, no Swap at all, Locked 0. */
const LIBC: Mapping = {
  start: 0x7f0000400000,
  end: 0x7f0000600000,
  perms: 'r-xp',
  offset: 0x26000,
  deviceMajor: 0xfe,
  deviceMinor: 0,
  inode: '18446744073709551615',
  name: '/usr/lib/libc.so.6',
  kind: 'code',
  values: values({ Rss: 1000, Private_Dirty: 24, Locked: 0, VmFlags: 'rd ex mr' }),
};

function values(fields: Partial<Record<keyof typeof slotOf, number | string>>) {
  const list: (number | string | undefined)[] = [];
  for (const [name, value] of Object.entries(fields)) {
    list[slotOf[name as keyof typeof slotOf]] = value;
  }
  return list;
}

function passes(text: string, changes: Partial<Mapping> = {}): boolean {
  return compileFilter(text, findColumn).test({ ...LIBC, ...changes }, RULE);
}

function failure(text: string): [number, string] {
  try {
    compileFilter(text, findColumn);
  } catch (error) {
    if (error instanceof ParseError) return [error.at, error.message];
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('sizes', () => {
  test.each([
    ['rss=1000', true],
    ['Rss==1000K', true],
    ['rss=1024000B', true],
    ['rss=1.024MB', true],
    ['rss!=1000', false],
    ['rss>1M', false],
    ['rss<1M', true],
    ['rss>=1000KiB', true],
    ['rss<=999', false],
    ['size=2M', true],
    ['size=2048', true],
    ['size>2MB', true],
    ['uss=24', true],
    ['Private_Dirty=24', true],
    ['private_dirty>24', false],
  ])('%s: %s', (text, expected) => expect(passes(text)).toBe(expected));
});

describe('addresses and counts', () => {
  test.each([
    ['address=7f0000400000', true],
    ['address=0x7F0000400000', true],
    ['address>7f00003fffff', true],
    ['offset=26000', true],
    ['offset=0x26000', true],
    ['mappings=1', true],
    ['mappings>1', false],
  ])('%s: %s', (text, expected) => expect(passes(text)).toBe(expected));

  test('are compared exactly at the top of 64 bits', () => {
    const start = Number(0xffffffffff600000n);
    expect(passes('address=ffffffffff600000', { start })).toBe(true);
    expect(passes('address=ffffffffff600001', { start })).toBe(false);
    expect(passes('address<ffffffffff600001', { start })).toBe(true);
  });

  test('a group is asked for its number of mappings', () => {
    expect(passes('mappings>=40', { count: 41 })).toBe(true);
  });
});

describe('text', () => {
  test.each([
    ['mapping~libc', true],
    ["mapping !~ 'lib.*\\.so'", false],
    ['mapping=/usr/lib/libc.so.6', true],
    ['mapping=libc.so.6', false],
    ['mapping~^libc', false],
    ['mapping~LIBC', false],
    ['perm=r-xp', true],
    ['mode=r-x--', true],
    ['inode=18446744073709551615', true],
    ['device=fe:00', true],
    ['vm_flags~ex', true],
    ['VmFlags!~wr', true],
    ['kind=code', true],
    ['kind!=code', false],
    ['kind~^co', true],
  ])('%s: %s', (text, expected) => expect(passes(text)).toBe(expected));

  test('is what the column shows, without the indent of pmap', () => {
    expect(passes("mapping='[ anon ]'", { name: '' })).toBe(true);
    expect(passes('mapping~^\\[', { name: '' })).toBe(true);
  });

  test('is decoded as UTF-8, a character at a time', () => {
    const name = toByteString('/tmp/漢字😀');
    expect(passes('mapping~/漢.😀$', { name })).toBe(true);
    expect(passes('mapping~/漢..$', { name })).toBe(true);
    expect(passes('mapping=/tmp/漢字😀', { name })).toBe(true);
    expect(passes('mapping~\\ufffd', { name: '/tmp/\xff' })).toBe(true);
  });

  test('may be matched with expressions that the strict grammar refuses', () => {
    expect(passes('mapping~li\\-?bc')).toBe(true);
    expect(passes('mapping~]')).toBe(false);
  });
});

describe('what the kernel did not report', () => {
  test.each(['=', '!=', '<', '<=', '>', '>='])('is not %s anything', (operator) => {
    expect(passes(`swap${operator}0`)).toBe(false);
  });

  test.each(['=x', '!=x', '~x', '!~x', '~.*'])('as text does not pass vm_flags%s', (rest) => {
    expect(passes(`vm_flags${rest}`, { values: [] })).toBe(false);
  });

  test('passes a negation', () => expect(passes('not swap>0')).toBe(true));
});

test.each([
  ['rss', true],
  ['locked', false],
  ['swap', false],
  ['kind', true],
  ['vm_flags', true],
  ['not locked and rss', true],
  ['swap or locked or rss', true],
  ['swap or locked', false],
])('a column by itself passes if it has a value: %s: %s', (text, expected) => {
  expect(passes(text)).toBe(expected);
});

test.each([
  ['rsss>1', 0, "unknown column 'rsss'; did you mean 'rss'?"],
  ['rss and Privat_Dirty', 8, "unknown column 'Privat_Dirty'; did you mean 'private_dirty'?"],
  ['mappng~x', 0, "unknown column 'mappng'; did you mean 'mapping'?"],
  ['xyzzy', 0, "unknown column 'xyzzy'"],
  ['__proto__', 0, "unknown column '__proto__'"],
  ['constructor=1', 0, "unknown column 'constructor'"],
  [`${'x'.repeat(1000)}`, 0, `unknown column '${'x'.repeat(40)}...'`],
  ['rss > lots', 6, "'lots' is not a size (KiB, or with a unit: 500M, 1.5GiB, 10MB)"],
  ['rss>-1', 4, "'-1' is not a size (KiB, or with a unit: 500M, 1.5GiB, 10MB)"],
  ['rss>', 4, 'a value is missing'],
  ['address>10g', 8, "'10g' is not a hexadecimal number"],
  ['mappings>1M', 9, "'1M' is not a whole number"],
  ['rss~1', 3, "'rss' is a number: ~ compares text"],
  ['rss !~ 1', 4, "'rss' is a number: !~ compares text"],
  ['mapping>x', 7, "'mapping' is text: compare it with =, !=, ~ or !~"],
  ['kind=heep', 5, "unknown kind 'heep'; did you mean 'heap'?"],
])('%s is refused at %d', (text, at, message) => {
  expect(failure(text)).toEqual([at, message]);
});

test('the position of a regular expression that does not compile is reported', () => {
  const [at, message] = failure("rss and mapping ~ '[a'");
  expect(at).toBe(18);
  expect(message).toContain('[a');
});

test('says which fields it needs, each once, and whether it asks for kinds', () => {
  const filter = compileFilter('uss>1 or private_dirty or Swap or mapping~x', findColumn);
  expect(filter.fields).toEqual(['Private_Clean', 'Private_Dirty', 'Swap']);
  expect(filter.needsKinds).toBe(false);
  expect(compileFilter('mapping~x', findColumn).fields).toEqual([]);
  expect(compileFilter('not (rss or kind=heap)', findColumn).needsKinds).toBe(true);
});

test('can use fields that tsmap does not know', () => {
  const vocabulary = new FieldVocabulary();
  const slot = vocabulary.slot('NewThing');
  vocabulary.meet(slot, 'kib', -1);
  const filter = compileFilter('NewThing>1M', (name) => findColumn(name, vocabulary));
  const list: number[] = [];
  list[slot] = 1025;
  expect(filter.fields).toEqual(['NewThing']);
  expect(filter.test({ ...LIBC, values: list }, RULE)).toBe(true);
  expect(failure('NewThing>1M')).toEqual([0, "unknown column 'NewThing'"]);
});
