import { describe, expect, test } from 'vitest';
import { commandLine } from '../../../src/format/command-line.ts';
import type { ProcessHead } from '../../../src/model/process.ts';

function head(given: Partial<ProcessHead>): ProcessHead {
  return {
    pid: 7,
    askedPid: 7,
    comm: 'cat',
    state: 'S',
    cmdline: '',
    startStack: 0,
    startTimeTicks: 0,
    ...given,
  };
}

describe('the command line', () => {
  test.each([
    ['/bin/cat\0', '/bin/cat'],
    ['cat\0-n\0a file\0', 'cat -n a file'],
    ['sh\0-c\0one\ntwo\0', 'sh -c one two'],
    ['a\0\0b\0', 'a  b'],
    ['title without end', 'title without end'],
    ['setproctitle: idle\0\0\0\0', 'setproctitle: idle'],
    ['a\x1b[31m\x7f\t\0', 'a?[31m??'],
    ['gr\xc3\xb6\xc3\x9fe\0', 'gr\xc3\xb6\xc3\x9fe'],
    ['bad\xff\0', 'bad?'],
  ])('%j reads %j', (cmdline, expected) => {
    expect(commandLine(head({ cmdline }), false)).toBe(expected);
  });

  test('of a kernel thread is its name in brackets', () => {
    expect(commandLine(head({ comm: 'kthreadd' }), false)).toBe('[kthreadd]');
  });

  test('of a zombie is marked as defunct', () => {
    expect(commandLine(head({ comm: 'sleep', state: 'Z' }), false)).toBe('[sleep] <defunct>');
  });

  test('hides control characters that a process put into its name', () => {
    expect(commandLine(head({ comm: 'a) \x1b\xff' }), false)).toBe('[a) ??]');
  });

  test('hides reordering characters on a terminal only', () => {
    const cmdline = 'a\xe2\x80\xaeb\0';
    expect(commandLine(head({ cmdline }), true)).toBe('a?b');
    expect(commandLine(head({ cmdline }), false)).toBe('a\xe2\x80\xaeb');
  });

  test('of fifty thousand empty arguments is shown quickly', () => {
    const cmdline = `a${'\0'.repeat(50_000)}b\0`;
    const begin = performance.now();
    expect(commandLine(head({ cmdline }), false)).toHaveLength(50_002);
    expect(performance.now() - begin).toBeLessThan(300);
  });
});
