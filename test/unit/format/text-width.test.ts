import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { asciiWidth, loadWidthOf } from '../../../src/format/text-width.ts';
import { unicodeWidth } from '../../../src/format/unicode-width.ts';

const RED = '\x1b[31m/usr/bin/x\x1b[39m';

describe('the width of a text on a terminal', () => {
  test.each([
    ['', 0],
    ['/usr/bin/x', 10],
    ['日本', 4],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    [RED, 10],
  ])('%j', (text, width) => {
    expect(unicodeWidth(text)).toBe(width);
  });

  test('is that of the library for any text of one piece', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(unicodeWidth(text)).toBe(stringWidth(text));
      }),
    );
  });

  test('of a text of two megabytes is right as well, and surrogate pairs stay together', () => {
    expect(unicodeWidth('é'.repeat(2_000_000))).toBe(2_000_000);
    expect(unicodeWidth(`a${'😀'.repeat(100_000)}`)).toBe(200_001);
  });
});

describe('texts that the library need not measure', () => {
  test.each([
    { texts: [] },
    { texts: ['', 'Address', '/usr/bin/x ~ ^'] },
    { texts: ['plain', RED, '\x1b[1mtotal\x1b[22m'] },
  ])('$texts', async ({ texts }) => {
    expect(await loadWidthOf(texts)).toBe(asciiWidth);
  });

  test('are measured as the library does', () => {
    const plain = fc.string({ unit: 'grapheme-ascii' });
    const style = fc.constantFrom('\x1b[31m', '\x1b[39m', '\x1b[1m', '\x1b[22m', '');
    const texts = fc.array(fc.tuple(style, plain)).map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(texts, (text) => {
        expect(asciiWidth(text)).toBe(stringWidth(text));
      }),
    );
  });
});

test.each(['é', '日本', '…', 'a\tb', 'a\u0301', '\x1b[31m日\x1b[39m'])(
  'all texts are measured by the library if %j is among them',
  async (text) => {
    expect(await loadWidthOf(['plain', text])).toBe(unicodeWidth);
  },
);
