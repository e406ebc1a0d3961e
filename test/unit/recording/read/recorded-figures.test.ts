import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../../src/recording/json-shape.ts';
import { decodeFigures } from '../../../../src/recording/read/recorded-figures.ts';

describe('the figures of a whole process', () => {
  test('are bytes by the ids of their columns', () => {
    const figures = decodeFigures({ peak_bytes: 4096, rss_anon_bytes: 0 });
    expect([...(figures ?? [])]).toEqual([
      ['peak', 4096],
      ['rss_anon', 0],
    ]);
  });

  test.each([undefined, null])('are absent in recordings of before: %s', (json) => {
    expect(decodeFigures(json)).toBeUndefined();
  });

  test('may have members that later versions add', () => {
    const figures = decodeFigures({ new_bytes: 1, newer: [], Bytes: 'x', '9_bytes': 2 });
    expect([...(figures ?? [])]).toEqual([['new', 1]]);
  });

  test.each([
    [[], 'process_figures is not an object'],
    ['x', 'process_figures is not an object'],
    [{ peak_bytes: -1 }, 'process_figures.peak_bytes is not a whole number'],
    [{ peak_bytes: 1.5 }, 'process_figures.peak_bytes is not a whole number'],
    [{ peak_bytes: '1' }, 'process_figures.peak_bytes is not a whole number'],
    [
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`x${i}`, 1])),
      'process_figures has too many members',
    ],
  ])('are refused if they are damaged: %j', (json, message) => {
    expect(() => decodeFigures(json)).toThrow(FormatError);
    expect(() => decodeFigures(json)).toThrow(message);
  });
});
