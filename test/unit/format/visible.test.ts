import { describe, expect, test } from 'vitest';
import { visible } from '../../../src/format/visible.ts';

const utf8 = (text: string) => Buffer.from(text).toString('latin1');

describe('a name that stays as it is', () => {
  test.each([
    '',
    '/usr/lib/libc.so.6',
    ' blanks  of all   sizes ',
    '~!@#$%^&*()[]{}<>?',
    utf8('/tmp/größe'),
    utf8('/tmp/内存'),
    utf8('/tmp/🧠'),
    utf8('\u00a0\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}'),
    utf8('e\u0301'),
  ])('%j', (name) => {
    expect(visible(name)).toBe(name);
    expect(visible(name, true)).toBe(name);
  });
});

describe('characters that text layouts do not show', () => {
  test.each([
    ['a newline', 'a\nb', 'a?b'],
    ['a tab', 'a\tb', 'a?b'],
    ['NUL', 'a\0b', 'a?b'],
    ['DEL', 'a\x7fb', 'a?b'],
    ['the last control character', 'a\x1fb', 'a?b'],
    ['an escape sequence', '\x1b[31mred\x1b[0m', '?[31mred?[0m'],
    ['a window title', '\x1b]0;x\x07', '?]0;x?'],
    ['C1, first and last', '\xc2\x80a\xc2\x9fb', '?a?b'],
    ['C1 as a bare byte', '\x9b31m', '?31m'],
    ['a stray continuation', 'a\x80\xbfb', 'a??b'],
    ['bytes that never occur', '\xfe\xff\xf8', '???'],
    ['Latin-1', 'gr\xf6\xdfe', 'gr??e'],
    ['a character cut at the end', 'a\xc3', 'a?'],
    ['three bytes cut after two', 'a\xe2\x82', 'a??'],
    ['four bytes cut after three', '\xf0\x9f\xa7b', '???b'],
    ['a cut before the next character', '\xe2\x82\xc3\xa4', '??\xc3\xa4'],
    ['overlong, two bytes', '\xc0\xaf\xc1\xbf', '????'],
    ['overlong, three bytes', '\xe0\x9f\xbf', '???'],
    ['overlong, four bytes', '\xf0\x8f\xbf\xbf', '????'],
    ['overlong escape', '\xc0\x9b[31m', '??[31m'],
    ['surrogates', '\xed\xa0\x80\xed\xbf\xbf', '??????'],
    ['beyond the last code point', '\xf4\x90\x80\x80\xf5\x80\x80\x80', '????????'],
  ])('%s', (_, name, expected) => {
    expect(visible(name)).toBe(expected);
    expect(visible(name, true)).toBe(expected);
  });
});

describe('characters that reorder a line', () => {
  test.each([
    ['U+202E', '\u202e'],
    ['U+202A', '\u202a'],
    ['U+2066', '\u2066'],
    ['U+2069', '\u2069'],
    ['U+200E', '\u200e'],
    ['U+200F', '\u200f'],
    ['U+061C', '\u061c'],
    ['U+200B', '\u200b'],
    ['U+2028', '\u2028'],
    ['U+2029', '\u2029'],
    ['U+FEFF', '\ufeff'],
  ])('%s is hidden on a terminal and kept elsewhere', (_, char) => {
    const name = utf8(`gpj${char}exe`);
    expect(visible(name, true)).toBe('gpj?exe');
    expect(visible(name, false)).toBe(name);
  });

  test.each(['\u202f', '\u2065', '\u206a', '\u200d'])('%j is none of them', (char) => {
    expect(visible(utf8(`a${char}b`), true)).toBe(utf8(`a${char}b`));
  });
});

test('a long name of invalid bytes is converted quickly', () => {
  expect(visible('\xff'.repeat(131_072))).toBe('?'.repeat(131_072));
});
