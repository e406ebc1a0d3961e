import { describe, expect, test } from 'vitest';
import { statusValue } from '../../../../src/proc/process/status.ts';

const STATUS =
  'Name:\tTgid: 9\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t1234\nNgid:\t0\nPid:\t1235';

describe('a value of status', () => {
  test.each([
    ['Name', 'Tgid: 9'],
    ['State', 'S (sleeping)'],
    ['Tgid', '1234'],
    ['Ngid', '0'],
    ['Pid', '1235'],
  ])('%s is found by its whole key at the beginning of a line', (key, expected) => {
    expect(statusValue(STATUS, key)).toBe(expected);
  });

  test.each(['gid', 'Tgi', 'VmRSS', 'tgid', ''])('nothing is found for %j', (key) => {
    expect(statusValue(STATUS, key)).toBeUndefined();
  });

  test('nothing is found in an empty file', () => {
    expect(statusValue('', 'Tgid')).toBeUndefined();
  });

  test('a value may be empty', () => {
    expect(statusValue('Groups:\t \nTgid:\t1\n', 'Groups')).toBe('');
  });
});
