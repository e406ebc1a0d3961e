import { describe, expect, test } from 'vitest';
import { parseRc } from '../../../../src/verbs/map/rc-parse.ts';

const SYNTAX = (line: number) => `syntax error found in the config - line ${line}`;
const SECTION = (line: number) => `unsupported section found in the config - line ${line}`;
const LONG = (line: number) => `config line too long - line ${line}`;

describe('an rc file', () => {
  test.each([
    ['lists fields, one a line', '[Fields Display]\nRss\nPss\n', ['Rss', 'Pss'], []],
    ['needs no newline at its end', '[Fields Display]\nRss', ['Rss'], []],
    ['may be empty', '', [], []],
    ['may have comments and blanks', '# a\n\n \t[Fields Display] # b\n\t Rss # c\n', ['Rss'], []],
    ['takes # within a word as part of it', '[Fields Display]\nRss#c\n', ['Rss#c'], []],
    ['takes the first of several words', '[Fields Display]\nRss Pss\n', ['Rss'], [SYNTAX(2)]],
    ['knows no word before a section', 'Rss\n[Fields Display]\nPss\n', ['Pss'], [SYNTAX(1)]],
    ['skips an unknown section', '[X]\na b c\n[Fields Display]\nRss\n', ['Rss'], [SECTION(1)]],
    ['reads section names to the letter', '[fields display]\nRss\n', [], [SECTION(1)]],
    ['wants sections closed', '[Fields Display\nRss\n', [], [SYNTAX(1), SYNTAX(2)]],
    ['wants nothing behind a section', '[Fields Display]x\nRss\n', ['Rss'], [SYNTAX(1)]],
    ['reports both mistakes of a line', '[[Fields Display]]\nRss\n', [], [SECTION(1), SYNTAX(1)]],
    ['ends a line at a NUL', '[Fields Display]\nRss\0junk here\n', ['Rss'], []],
    ['keeps a carriage return in the word', '[Fields Display]\nRss\r\n', ['Rss\r'], []],
    [
      'takes lines of 1,023 bytes',
      `[Fields Display]\n${'a'.repeat(1023)}\n`,
      ['a'.repeat(1023)],
      [],
    ],
    ['drops longer ones', `[Fields Display]\n${'a'.repeat(1024)}\nRss\n`, ['Rss'], [LONG(2)]],
    ['drops a line of 100 KB', `[Fields Display]\n${'a'.repeat(102_400)}\nRss`, ['Rss'], [LONG(2)]],
  ])('%s', (_, text, fields, warnings) => {
    const settings = parseRc(text);
    expect([...settings.fields]).toEqual(fields);
    expect(settings.warnings).toEqual(warnings);
  });

  test.each([
    ['[Mapping]\nShowPath\n', true],
    ['[Mapping]\nShowPath\nShowPath\n', false],
    ['[Mapping]\nshowpath\n', false],
    ['[Fields Display]\nShowPath\n', false],
    ['[Mapping]\nShowPath\n[Fields Display]\nRss\n[Mapping]\nShowPath\nShowPath\n', true],
  ])('%j toggles paths: %s', (text, toggles) => {
    expect(parseRc(text).togglesPath).toBe(toggles);
  });
});
