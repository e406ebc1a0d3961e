import { describe, expect, test } from 'vitest';
import {
  type FieldKind,
  FieldSlots,
  FieldVocabulary,
  KNOWN_FIELDS,
  slotOf,
} from '../../../src/model/fields.ts';

/** Meets the fields of a record one after the other, as a reader does. */
function meetRecord(vocabulary: FieldVocabulary, names: string, kind: FieldKind = 'kib'): void {
  let previous = -1;
  for (const name of names.split(' ')) {
    const slot = vocabulary.slot(name);
    vocabulary.meet(slot, kind, previous);
    previous = slot;
  }
}

function orderAfter(...records: string[]): string {
  const vocabulary = new FieldVocabulary();
  for (const names of records) meetRecord(vocabulary, names);
  return vocabulary.order.map((slot) => vocabulary.name(slot)).join(' ');
}

describe('the order of fields', () => {
  test.each([
    ['is that of the record', ['Size Rss Swap'], 'Size Rss Swap'],
    ['is the kernel’s, not that of the known fields', ['Swap Rss Size'], 'Swap Rss Size'],
    ['stays when records repeat', ['Size Rss', 'Size Rss'], 'Size Rss'],
    ['stays when a later record has another', ['Size Rss', 'Rss Size'], 'Size Rss'],
    [
      'inserts a later field after its predecessor',
      ['Size Rss Swap', 'Size New Swap'],
      'Size New Rss Swap',
    ],
    ['takes a later first field in at the front', ['Size Rss', 'New Size'], 'New Size Rss'],
    ['takes a later last field in at the end', ['Size Rss', 'Size Rss New'], 'Size Rss New'],
    ['takes several later fields in together', ['Size Rss', 'Size N1 N2 Rss'], 'Size N1 N2 Rss'],
  ])('%s', (_, records, expected) => {
    expect(orderAfter(...records)).toBe(expected);
  });
});

describe('the vocabulary of a reading', () => {
  test('holds the known fields from the start, at their slots, and none of them as met', () => {
    const vocabulary = new FieldVocabulary();
    expect(vocabulary.find('SwapPss')).toBe(slotOf.SwapPss);
    expect(vocabulary.name(slotOf.Private_Dirty)).toBe('Private_Dirty');
    expect(vocabulary.order).toEqual([]);
  });

  test('gives an unknown field a slot of its own, once', () => {
    const vocabulary = new FieldVocabulary();
    expect(vocabulary.find('Novel')).toBeUndefined();
    const slot = vocabulary.slot('Novel');
    expect(vocabulary.slot('Novel')).toBe(slot);
    expect(vocabulary.find('Novel')).toBe(slot);
    expect(vocabulary.slot('Novella')).not.toBe(slot);
    expect(vocabulary.name(slot)).toBe('Novel');
  });

  test('takes names that every object has for ordinary fields', () => {
    const vocabulary = new FieldVocabulary();
    expect(vocabulary.find('constructor')).toBeUndefined();
    meetRecord(vocabulary, '__proto__ constructor');
    expect(vocabulary.order.map((slot) => vocabulary.name(slot))).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  test('keeps what one reading met from the next', () => {
    meetRecord(new FieldVocabulary(), 'Novel');
    expect(new FieldVocabulary().find('Novel')).toBeUndefined();
  });

  test('shares only its slots with readings of the same register', () => {
    const register = new FieldSlots();
    const [first, second] = [new FieldVocabulary(register), new FieldVocabulary(register)];
    meetRecord(first, 'Novel Newer');
    meetRecord(second, 'Newer Rss Novel', 'count');
    for (const name of ['Novel', 'Newer', 'Rss']) expect(second.find(name)).toBe(first.slot(name));
    const names = (one: FieldVocabulary) => one.order.map((slot) => one.name(slot));
    expect(names(second)).toEqual(['Newer', 'Rss', 'Novel']);
    expect(names(first)).toEqual(['Novel', 'Newer']);
    expect(first.kind(first.slot('Novel'))).toBe('kib');
    expect(new FieldVocabulary(register).find('Novel')).toBeUndefined();
  });

  test('lists fields that are new to tsmap in its own order, after the known ones', () => {
    const register = new FieldSlots();
    meetRecord(new FieldVocabulary(register), 'Other Newer Novel');
    const vocabulary = new FieldVocabulary(register);
    meetRecord(vocabulary, 'Novel Swap Newer');
    const names = vocabulary.slots.map((slot) => vocabulary.name(slot));
    expect(names).toEqual([...KNOWN_FIELDS, 'Novel', 'Newer']);
  });

  test('remembers how a field was printed last', () => {
    const vocabulary = new FieldVocabulary();
    meetRecord(vocabulary, 'THPeligible', 'count');
    expect(vocabulary.kind(slotOf.THPeligible)).toBe('count');
    meetRecord(vocabulary, 'THPeligible', 'text');
    expect(vocabulary.kind(slotOf.THPeligible)).toBe('text');
    expect(vocabulary.kind(slotOf.Rss)).toBe('kib');
  });
});
