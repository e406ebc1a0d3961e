import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/format/text-width.ts';

describe('the width of a text on a terminal', () => {
  test.each([
    ['', 0],
    ['/usr/bin/x', 10],
    ['日本', 4],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
  ])('%j', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  test('is what the library says of any text of one piece', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(textWidth(text)).toBe(stringWidth(text));
      }),
    );
  });

  test('is known of a text of two megabytes as well, whose halves of characters stay together', () => {
    expect(textWidth('é'.repeat(2_000_000))).toBe(2_000_000);
    expect(textWidth(`a${'😀'.repeat(100_000)}`)).toBe(200_001);
  });
});
