import { describe, expect, test } from 'vitest';
import { parsePids } from '../../../../src/cli/options/pid-operands.ts';

describe('arguments that name processes', () => {
  test.each([
    [['1'], [1]],
    [['2147483647'], [2147483647]],
    [['0x1f'], [31]],
    [['0X1F'], [31]],
    [['0x7fffffff'], [2147483647]],
    [['017'], [15]],
    [['00000000001'], [1]],
    [['/proc/1234'], [1234]],
    [['/proc/0x1f'], [31]],
    [
      ['3', '1', '3'],
      [3, 1, 3],
    ],
    [['/proc/self', '/proc/meminfo', '/proc/7', '/proc/'], [7]],
    [[], []],
  ])('%j are %j', (operands, expected) => {
    expect(parsePids(operands)).toEqual(expected);
  });

  test.each([
    '',
    'abc',
    '0',
    '00',
    '0x0',
    '-5',
    '+5',
    ' 5',
    '5 ',
    '1.0',
    '1e3',
    '1,2',
    '08',
    '0x',
    '0xg',
    '0o17',
    '2147483648',
    '0x80000000',
    '99999999999',
    '9'.repeat(70),
    '٣',
    'proc/1',
    '/proc/1x',
    '/proc/0',
    '//proc/1',
  ])('%j is refused, and quoted as it was given', (operand) => {
    expect(() => parsePids(['1', operand])).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: `'${operand}' is not a process id (a number from 1 to 2147483647)`,
      }),
    );
  });

  test('a file that is refused gets advice, which depends on whether the verb reads files', () => {
    const range = 'is not a process id (a number from 1 to 2147483647)';
    expect(() => parsePids(['package.json'], { readsFiles: true })).toThrow(
      `'package.json' ${range}; to read the file: --from package.json`,
    );
    expect(() => parsePids(['package.json'])).toThrow(
      `'package.json' ${range}; 'tsmap --from FILE' reads saved files`,
    );
    expect(() => parsePids(['src'], { readsFiles: true })).toThrow(/2147483647\)$/);
  });
});
