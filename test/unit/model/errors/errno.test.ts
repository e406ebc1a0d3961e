import { openSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  errnoOf,
  fileErrorFrom,
  processErrorFrom,
  systemMessage,
} from '../../../../src/model/errors/errno.ts';
import { fileError } from '../../../../src/model/errors/file-error.ts';

const failed = (code: string) =>
  Object.assign(new Error(`${code}: some words, read`), { code, syscall: 'read' });

describe('an error of the system', () => {
  test.each([
    ['ENOENT', 'no-such-process', 'no such process'],
    ['ESRCH', 'no-such-process', 'no such process'],
    ['EACCES', 'permission-denied', 'permission denied'],
    ['EPERM', 'permission-denied', 'permission denied'],
    ['EIO', 'read-error', 'cannot read /proc/12/maps: EIO'],
  ])('%s on a file of a process is %s', (errno, code, message) => {
    const { problem } = processErrorFrom(failed(errno), 12, '/proc/12/maps');
    expect(problem).toEqual({ pid: 12, code, message });
  });

  test.each([
    ['ENOENT', 'missing-file', 'no such file'],
    ['ENOTDIR', 'missing-file', 'no such file'],
    ['EISDIR', 'read-error', 'is a directory'],
    ['EACCES', 'permission-denied', 'permission denied'],
    ['EPERM', 'permission-denied', 'permission denied'],
    ['ESRCH', 'no-such-process', 'its process has no memory, or has ended'],
    ['EIO', 'read-error', 'cannot be read: EIO'],
  ])('%s on a file that is read is %s', (errno, code, message) => {
    const { problem } = fileErrorFrom(failed(errno), 'a.tsmap');
    expect(problem).toEqual({ pid: 0, subject: 'a.tsmap', code, message });
  });

  test.each([
    ['ENOENT', 'missing-file', 'no such directory'],
    ['ENOTDIR', 'missing-file', 'no such directory'],
    ['EISDIR', 'read-error', 'is a directory'],
    ['EACCES', 'permission-denied', 'permission denied'],
    ['EPERM', 'permission-denied', 'permission denied'],
    ['EROFS', 'read-error', 'cannot be opened: EROFS'],
  ])('%s on a file that is recorded to is %s', (errno, code, message) => {
    const { problem } = fileErrorFrom(failed(errno), 'x/a.tsmap', 'output');
    expect(problem).toEqual({ pid: 0, subject: 'x/a.tsmap', code, message });
  });

  test('has its code and its name', () => {
    let error: unknown;
    try {
      openSync('/nonexistent', 'r');
    } catch (caught) {
      error = caught;
    }
    expect(errnoOf(error)).toBe('ENOENT');
    expect(systemMessage(new Error('ENOSPC: no space left on device, write'))).toBe(
      'no space left on device',
    );
  });
});

describe('another error', () => {
  const others = [
    new RangeError('of the program'),
    Object.assign(new Error('of Node'), { code: 'ERR_INVALID_ARG_VALUE' }),
    'no error at all',
  ];

  test.each(others)('%s is thrown on', (error) => {
    expect(errnoOf(error)).toBeUndefined();
    expect(() => processErrorFrom(error, 1, '/proc/1/maps')).toThrow(error as Error);
    expect(() => fileErrorFrom(error, 'a')).toThrow(error as Error);
  });

  test('that was translated before stays as it is', () => {
    const error = fileError('-', 'is empty');
    expect(fileErrorFrom(error, 'a')).toBe(error);
    expect(processErrorFrom(error, 1, '/proc/1/maps')).toBe(error);
    expect(error.message).toBe('standard input: is empty');
  });
});
