import { describe, expect, test } from 'vitest';
import { literalCount, noMatchTexts } from '../../../src/cli/no-match.ts';

describe('every match of an expression has at least', () => {
  test.each([
    ['', 0],
    ['^sleep$', 5],
    ['systemd-journald', 16],
    ['^/usr/bin/python3$', 16],
    ['a\\.b\\/c', 5],
    ['ab?c*d{2}e+', 2],
    ['a[bc]d.\\d\\w+\\bx', 3],
    ['(long-name-of-a-program)', 0],
    ['long-name-of-a-program|x', 0],
    ['a\\|b\\(c', 5],
    ['üx?ö', 2],
  ])('%j: %d literal characters', (source, count) => {
    expect(literalCount(new RegExp(source, 'su').source)).toBe(count);
  });
});

test('a hint is given only where more than 15 characters are needed of the name', () => {
  const texts = (source: string, full = false) =>
    noMatchTexts({ name: new RegExp(source, 'su'), full });
  expect(texts('123456789012345')).toEqual(['no process matches']);
  expect(texts('1234567890123456', true)).toEqual(['no process matches']);
  expect(texts('1234567890123456')).toEqual([
    'no process matches',
    '--name: the kernel keeps 15 characters of a name, and this needs more: it can match only a ' +
      'program whose own name is that long. --full matches command lines',
  ]);
});
