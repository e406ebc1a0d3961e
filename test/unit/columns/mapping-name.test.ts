import { describe, expect, test } from 'vitest';
import { lastComponent, mappingName, type NameRule } from '../../../src/columns/mapping-name.ts';
import type { Mapping } from '../../../src/model/mapping.ts';

const ANON = '  [ anon ]';
const STACK = '  [ stack ]';

function mapping(given: Partial<Mapping>): Mapping {
  return {
    start: 0x1000,
    end: 0x3000,
    perms: 'rw-p',
    offset: 0,
    deviceMajor: 0,
    deviceMinor: 1,
    inode: '0',
    name: '',
    values: [],
    ...given,
  };
}

function rule(given: Partial<NameRule> = {}): NameRule {
  return {
    showPath: false,
    useKernelName: false,
    startStack: 0x7ffd00000000,
    isSharedMemoryDevice: (major, minor) => major === 0 && minor === 1,
    ...given,
  };
}

describe('the name of a mapping', () => {
  test.each([
    // kernel's name, default, with the path (-p), with the kernel's names (-k)
    ['', ANON, ANON, ANON],
    ['/usr/bin/cat', 'cat', '/usr/bin/cat', 'cat'],
    ['/dev/zero (deleted)', 'zero (deleted)', '/dev/zero (deleted)', 'zero (deleted)'],
    ['/memfd:a/x (deleted)', 'x (deleted)', '/memfd:a/x (deleted)', 'x (deleted)'],
    [
      '/a b/runs  of   blanks ',
      'runs  of   blanks ',
      '/a b/runs  of   blanks ',
      'runs  of   blanks ',
    ],
    ['/tmp/\xff\x1b', '\xff\x1b', '/tmp/\xff\x1b', '\xff\x1b'],
    ['/', '/', '/', '/'],
    ['[heap]', ANON, ANON, '[heap]'],
    ['[stack]', ANON, ANON, '[stack]'],
    ['[vdso]', ANON, ANON, '[vdso]'],
    ['[vvar]', ANON, ANON, '[vvar]'],
    ['[vsyscall]', ANON, ANON, '[vsyscall]'],
    ['[anon:pool]', ANON, ANON, '[anon:pool]'],
    ['anon_inode:[perf_event]', ANON, ANON, 'anon_inode:[perf_event]'],
    ['[anon:my/pool v1]', 'pool v1]', '/pool v1]', '[anon:my/pool v1]'],
    ['/SYSV0000002a (deleted)', '  [ shmid=0x1a ]', '  [ shmid=0x1a ]', '  [ shmid=0x1a ]'],
  ])('%j reads %j, %j with its path, %j as the kernel names it', (name, plain, path, kernel) => {
    const one = mapping({ name, inode: '26' });
    expect(mappingName(one, rule())).toBe(plain);
    expect(mappingName(one, rule({ showPath: true }))).toBe(path);
    expect(mappingName(one, rule({ useKernelName: true }))).toBe(kernel);
  });

  test.each([
    [0xfff, ANON],
    [0x1000, STACK],
    [0x2abc, STACK],
    [0x3000, STACK],
    [0x3001, ANON],
  ])('is the stack if the range contains %i', (startStack, expected) => {
    expect(mappingName(mapping({ name: '[stack]' }), rule({ startStack }))).toBe(expected);
    expect(mappingName(mapping({ name: '' }), rule({ startStack }))).toBe(expected);
  });

  test('is the path, not the stack, for a file that contains the stack', () => {
    expect(mappingName(mapping({ name: '/a/b' }), rule({ startStack: 0x1800 }))).toBe('b');
  });

  test('is the kernel’s name of the stack if those names are asked for, unless it has none', () => {
    const kernel = rule({ startStack: 0x1800, useKernelName: true });
    expect(mappingName(mapping({ name: '[stack]' }), kernel)).toBe('[stack]');
    expect(mappingName(mapping({ name: '' }), kernel)).toBe(STACK);
  });

  test('is recognized by [stack] if the address of the stack is unknown, as in a saved file', () => {
    const saved = rule({ startStack: 0 });
    expect(mappingName(mapping({ name: '[stack]' }), saved)).toBe('  [ stack ]');
    expect(mappingName(mapping({ name: '', start: 0 }), saved)).toBe('  [ anon ]');
  });
});

describe('a System V segment', () => {
  test.each([
    ['is one on the device of such', '/SYSV00000000 (deleted)', 0, 1, '  [ shmid=0x1a ]'],
    ['is none on another device', '/SYSV00000000 (deleted)', 0, 2, 'SYSV00000000 (deleted)'],
    ['is none on a disk', '/SYSVfile', 8, 1, 'SYSVfile'],
    ['is none in a directory', '/tmp/SYSV00000000', 0, 1, 'SYSV00000000'],
    ['is none where a memfd is called so', '/memfd:a/SYSV1 (deleted)', 0, 1, 'SYSV1 (deleted)'],
    ['is none for other names there', '/dev/zero (deleted)', 0, 1, 'zero (deleted)'],
  ])('%s', (_, name, deviceMajor, deviceMinor, expected) => {
    const one = mapping({ name, deviceMajor, deviceMinor, inode: '26' });
    expect(mappingName(one, rule())).toBe(expected);
  });

  test('may have any id of 64 bits', () => {
    const one = mapping({ name: '/SYSV0 (deleted)', inode: '18446744073709551615' });
    expect(mappingName(one, rule())).toBe('  [ shmid=0xffffffffffffffff ]');
  });
});

test.each([
  ['/a/b', 'b'],
  ['/a', 'a'],
  ['/', '/'],
  ['/a/', '/'],
  ['a', 'a'],
  ['/a/b (deleted)', 'b (deleted)'],
])('the last component of %j is %j', (path, expected) => {
  expect(lastComponent(path)).toBe(expected);
});

describe("in tsmap's own tables", () => {
  test.each([
    ['', '[anon]'],
    ['[heap]', '[heap]'],
    ['/SYSV0000002a (deleted)', 'SYSV0000002a (deleted)'],
  ])('%j is %j', (name, shown) => {
    const own = { ...rule(), useKernelName: true, isOwnTable: true };
    expect(mappingName(mapping({ name }), own)).toBe(shown);
  });
});
