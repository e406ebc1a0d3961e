import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchMappings } from '../../../../src/aggregate/differences/match.ts';
import { partsOf } from '../../../../src/aggregate/differences/parts.ts';
import type { Pair } from '../../../../src/model/difference.ts';
import { FieldVocabulary } from '../../../../src/model/fields.ts';
import type { Sample } from '../../../../src/model/sample.ts';
import { classifiedSample } from '../../../../src/sources/classified-reader.ts';
import { placeholderHead } from '../../../../src/sources/files/saved-source.ts';
import { mappingOf } from '../../../support/text/mapping-text.ts';

function sampleOf(lines: readonly string[]): Sample {
  return classifiedSample({
    takenAtMs: 0,
    head: placeholderHead('x'),
    detail: 'all',
    vocabulary: new FieldVocabulary(),
    isSharedMemoryDevice: () => false,
    rows: lines.map((line) => mappingOf(line)),
  });
}

const range = (part: Pair['before']) => {
  if (part === undefined) return '';
  const { start, end } = part.mapping;
  return `${(start / 4096).toString(16)}-${(end / 4096).toString(16)}`;
};

/** Each pair as `before > after`. */
function matched(before: readonly string[], after: readonly string[], isSameProcess = true) {
  const pairs = matchMappings(partsOf(sampleOf(before), 'all'), partsOf(sampleOf(after), 'all'), {
    isSameProcess,
  });
  return pairs.map((pair) => `${range(pair.before)} > ${range(pair.after)}`);
}

const LIB = '0 08:01 7 /lib/a.so';

describe('in the same process', () => {
  const table: readonly (readonly [string, string[], string[], string[]])[] = [
    ['what stays', ['10-20 rw-p'], ['10-20 rw-p'], ['10-20 > 10-20']],
    ['what appears', [], ['10-20 rw-p'], [' > 10-20']],
    ['what goes', ['10-20 rw-p'], [], ['10-20 > ']],
    ['what is extended at its end', ['10-20 rw-p'], ['10-28 rw-p'], ['10-20 > 10-28']],
    ['what is cut at its end', ['10-20 rw-p'], ['10-18 rw-p'], ['10-20 > 10-18']],
    [
      'a stack that grows down',
      ['f0-ff rw-p 0 00:00 0 [stack]'],
      ['e0-ff rw-p 0 00:00 0 [stack]'],
      ['f0-ff > e0-ff'],
    ],
    [
      'a heap that grows up',
      ['10-20 rw-p 0 00:00 0 [heap]'],
      ['10-40 rw-p 0 00:00 0 [heap]'],
      ['10-20 > 10-40'],
    ],
    [
      'a file that is unmapped at its beginning',
      [`10-20 r--p ${LIB}`],
      ['18-20 r--p 8 08:01 7 /lib/a.so'],
      ['10-20 > 18-20'],
    ],
    [
      'memory that the kernel merged with new memory below it',
      ['10-20 rw-p', '30-40 rw-p'],
      ['8-20 rw-p', '30-40 rw-p'],
      ['10-20 > 8-20', '30-40 > 30-40'],
    ],
    [
      'two that the kernel merged: the larger one stays, the other is gone',
      ['10-18 rw-p', '20-40 rw-p'],
      ['8-50 rw-p'],
      ['20-40 > 8-50', '10-18 > '],
    ],
    [
      'one with a hole in it: its beginning stays, the rest appeared',
      ['10-40 rw-p'],
      ['10-18 rw-p', '20-40 rw-p'],
      ['10-40 > 10-18', ' > 20-40'],
    ],
    [
      'one that lost both its ends',
      ['10-40 rw-p'],
      ['18-1c rw-p', '20-38 rw-p'],
      [' > 18-1c', '10-40 > 20-38'],
    ],
    [
      'an arena: what is in use grows into what is reserved',
      ['10-12 rw-p', '12-40 ---p'],
      ['10-20 rw-p', '20-40 ---p'],
      ['10-12 > 10-20', '12-40 > 20-40'],
    ],
    [
      'a block whose first page becomes a guard',
      ['10-40 rw-p'],
      ['10-11 ---p', '11-40 rw-p'],
      [' > 10-11', '10-40 > 11-40'],
    ],
    ['one with other permissions', ['10-20 rw-p'], ['10-20 r--p'], ['10-20 > 10-20']],
    [
      'other memory at the same address',
      [`10-20 r--p ${LIB}`],
      ['10-20 r--p 0 08:01 8 /lib/b.so'],
      ['10-20 > ', ' > 10-20'],
    ],
    [
      'a file that was replaced: it is a different file',
      [`10-20 r--p ${LIB}`],
      ['10-20 r--p 0 08:01 9 /lib/a.so'],
      ['10-20 > ', ' > 10-20'],
    ],
    [
      'another part of the same file at the same address',
      [`10-20 r--p ${LIB}`],
      ['10-20 r--p 30 08:01 7 /lib/a.so'],
      ['10-20 > ', ' > 10-20'],
    ],
    [
      'a library that is loaded elsewhere',
      [`10-12 r--p ${LIB}`, '12-20 r-xp 2 08:01 7 /lib/a.so'],
      [`50-52 r--p ${LIB}`, '52-60 r-xp 2 08:01 7 /lib/a.so'],
      ['10-12 > 50-52', '12-20 > 52-60'],
    ],
    [
      'one that stays, and a new one of the same file',
      [`10-12 r--p ${LIB}`],
      [`8-a r--p ${LIB}`, `10-12 r--p ${LIB}`],
      [' > 8-a', '10-12 > 10-12'],
    ],
    [
      'memory at another address: it is different memory',
      ['10-20 rw-p', '30-40 rw-p 0 00:00 0 [anon:pool]'],
      ['50-60 rw-p', '70-80 rw-p 0 00:00 0 [anon:pool]'],
      ['10-20 > ', '30-40 > ', ' > 50-60', ' > 70-80'],
    ],
  ];

  test.each(table)('%s', (_, before, after, pairs) => {
    expect(matched(before, after)).toEqual(pairs);
  });
});

describe('in another process', () => {
  const table: readonly (readonly [string, string[], string[], string[]])[] = [
    [
      'a library is matched where it is',
      [`10-12 r-xp ${LIB}`, '12-14 rw-p 2 08:01 7 /lib/a.so', '14-16 rw-p'],
      [`50-52 r-xp ${LIB}`, '52-54 rw-p 2 08:01 7 /lib/a.so', '54-58 rw-p'],
      ['10-12 > 50-52', '12-14 > 52-54', '14-16 > 54-58'],
    ],
    [
      'another version of a library is matched as well',
      ['10-12 r--p 0 08:01 7 /lib/a.so', '12-18 r-xp 2 08:01 7 /lib/a.so'],
      ['50-53 r--p 0 08:01 9 /lib/a.so', '53-60 r-xp 3 08:01 9 /lib/a.so'],
      ['10-12 > 50-53', '12-18 > 53-60'],
    ],
    [
      'heap and stack are matched by name',
      ['10-12 rw-p 0 00:00 0 [heap]', 'f0-ff rw-p 0 00:00 0 [stack]'],
      ['20-28 rw-p 0 00:00 0 [heap]', 'e0-ef rw-p 0 00:00 0 [stack]'],
      ['10-12 > 20-28', 'f0-ff > e0-ef'],
    ],
    [
      'unnamed memory is matched by its size, not by its address',
      ['10-20 rw-p', '30-34 rw-p'],
      ['10-14 rw-p', '40-50 rw-p'],
      ['30-34 > 10-14', '10-20 > 40-50'],
    ],
  ];

  test.each(table)('%s', (_, before, after, pairs) => {
    expect(matched(before, after, false)).toEqual(pairs);
  });
});

describe('whatever the mappings are', () => {
  const line = fc
    .tuple(
      fc.nat(60),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('rw-p', 'r--p', '---p'),
      fc.constantFrom('', ' 0 08:01 7 /lib/a.so', ' 3 08:01 7 /lib/a.so', ' 0 00:00 0 [heap]'),
    )
    .map(([at, pages, perms, file]) => {
      return `${at.toString(16)}-${(at + pages).toString(16)} ${perms}${file}`;
    });

  test('each is in one pair, even if they overlap or are unordered', () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(line), fc.boolean(), (before, after, isSame) => {
        const pairs = matched(before, after, isSame).map((text) => text.split(' > '));
        const side = (at: number) =>
          pairs
            .map((pair) => pair[at] ?? '')
            .filter((text) => text !== '')
            .sort();
        const ranges = (lines: readonly string[]) =>
          lines.map((text) => text.split(' ', 1)[0] ?? '').sort();
        expect(side(0)).toEqual(ranges(before));
        expect(side(1)).toEqual(ranges(after));
      }),
    );
  });

  test('a sample equals itself', () => {
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: (text) => text.split('-')[0] }), (lines) => {
        for (const pair of matched(lines, lines)) {
          const [left, right] = pair.split(' > ');
          expect(left).toBe(right);
        }
      }),
    );
  });

  test('64,000 on each side are matched in a few seconds: not every one with every other', () => {
    const make = (shift: number) =>
      Array.from({ length: 64_000 }, (_, i) => {
        const at = 16 * i + ((i * shift) % 5);
        return `${at.toString(16)}-${(at + 8).toString(16)} rw-p`;
      });
    const [before, after] = [sampleOf(make(1)), sampleOf(make(3))];
    const started = process.cpuUsage();
    for (const isSameProcess of [true, false]) {
      matchMappings(partsOf(before, 'all'), partsOf(after, 'all'), { isSameProcess });
    }
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(4);
  });
});
