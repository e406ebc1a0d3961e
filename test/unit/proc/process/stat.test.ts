import { describe, expect, test } from 'vitest';
import { parseStat } from '../../../../src/proc/process/stat.ts';

/** Fields 4 to 52 of the manual, each its own number, so that a field taken for another shows. */
const REST = Array.from({ length: 49 }, (_, i) => 1000 + i + 4).join(' ');

describe('the line of stat', () => {
  test('gives pid, name, state, start time and the stack', () => {
    expect(parseStat(`42 (cat) S ${REST}\n`)).toEqual({
      pid: 42,
      parentPid: 1004,
      comm: 'cat',
      state: 'S',
      threadCount: 1020,
      startTimeTicks: 1022,
      startStack: 1028,
      sizeBytes: 1023,
    });
  });

  test.each([
    ['a blank', 'tmux: server'],
    ['nothing at all', ''],
    ['what looks like the end', 'a) R 1 2 3'],
    ['brackets', '((sd-pam))'],
    ['an opening', ' (x'],
    ['a newline', 'two\nlines'],
    ['bytes that are no UTF-8', '\x1b[\xff\x07'],
    ['a closing bracket at the end', 'x)'],
  ])('ends the name at the last bracket, even if it contains %s', (_, comm) => {
    const stat = parseStat(`7 (${comm}) Z ${REST}`);
    expect(stat?.comm).toBe(comm);
    expect([stat?.pid, stat?.state, stat?.startStack]).toEqual([7, 'Z', 1028]);
  });

  test.each([
    ['1 (a) S 42 7 8', 42],
    ['1 (a) S 0 0 0', 0],
    ['1 (a) R 5) S 42 7 8', 42],
    ['1 (a\n) S 3', 3],
    ['1 (a) S', 0],
    ['1 (a) S x 7', Number.NaN],
    ['S 42 7', undefined],
    ['', undefined],
  ])('has the parent: %j gives %s', (text, parentPid) => {
    expect(parseStat(text)?.parentPid).toBe(parentPid);
  });

  test('reads a stack at the top of 47 bits', () => {
    const fields = Array.from({ length: 49 }, () => '0').with(24, '140737488351232');
    expect(parseStat(`1 (a) R ${fields.join(' ')}`)?.startStack).toBe(0x7ffffffff000);
  });

  test('gives 0 if an old kernel ends the line early', () => {
    expect(parseStat('1 (a) R 1 2')).toEqual({
      pid: 1,
      parentPid: 1,
      comm: 'a',
      state: 'R',
      threadCount: 0,
      startTimeTicks: 0,
      startStack: 0,
      sizeBytes: 0,
    });
  });

  test.each([
    '',
    '\n',
    'garbage',
    '1',
    '1 (',
    '1 (a',
    '1 a) R 1',
    ' (a) R 1',
    'x (a) R 1',
    ') (',
    '1.5 (a) R 1',
  ])('is refused: %j', (text) => {
    expect(parseStat(text)).toBeUndefined();
  });
});
