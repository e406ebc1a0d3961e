import { describe, expect, test } from 'vitest';
import { isInRange } from '../../../../src/aggregate/range.ts';
import { parseRange } from '../../../../src/cli/options/range-option.ts';
import { HeaderLine } from '../../../../src/proc/maps/header-line.ts';

const LAST = 0xffffffffffffffffn;

describe('the value of -A', () => {
  test.each([
    ['1000,2000', 0x1000n, 0x2000n],
    ['0x1000,0X2000', 0x1000n, 0x2000n],
    ['dead,BEEF', 0xdeadn, 0xbeefn],
    ['1000', 0x1000n, 0x1000n],
    ['0', 0n, 0n],
    ['1000,', 0x1000n, LAST],
    [',2000', 0n, 0x2000n],
    [',', 0n, LAST],
    ['', 0n, LAST],
    ['2000,1000', 0x2000n, 0x1000n],
    ['ffffffffff600123', 0xffffffffff600123n, 0xffffffffff600123n],
    ['ffffffffffffffff,10000000000000000', LAST, LAST],
    ['f'.repeat(70), LAST, LAST],
    [`${'0'.repeat(70)}1f`, 0x1fn, 0x1fn],
    [` 1000,\t+2000`, 0x1000n, 0x2000n],
    ['-1', LAST, LAST],
    ['-0', 0n, 0n],
    ['0,-1000', 0n, 0xfffffffffffff000n],
    [`-${'f'.repeat(70)}`, LAST, LAST],
  ])('%j is read', (text, low, high) => {
    expect(parseRange(text)).toEqual({ low, high });
  });

  test.each([
    'zz',
    '0x',
    '0x,1',
    '1,zz',
    'zz,',
    '1,2,3',
    '1-2',
    '1 ',
    '1, ',
    ' ',
    '1g',
    '--1',
    '0x0x1',
    '1.5',
    '１',
  ])('%j is refused as pmap refuses it', (text) => {
    expect(() => parseRange(text)).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: `failed to parse argument: '${text}'`,
      }),
    );
  });
});

describe('a mapping from 1000 to 3000', () => {
  test.each([
    [0n, 0xfffn, false],
    [0n, 0x1000n, true],
    [0x1000n, 0x1000n, true],
    [0x1800n, 0x1900n, true],
    [0x2fffn, 0x2fffn, true],
    [0x2fffn, 0x9000n, true],
    [0x3000n, 0x3000n, false],
    [0x3000n, LAST, false],
    [0n, LAST, true],
    [0x2000n, 0x1000n, true],
    [0x2fffn, 0xfffn, false],
  ])('and the range %x to %x', (low, high, expected) => {
    expect(isInRange(mapping('1000-3000'), { low, high })).toBe(expected);
  });
});

test('bounds between two doubles are compared exactly', () => {
  const vsyscall = mapping('ffffffffff600000-ffffffffff601000');
  const at = (address: bigint) => isInRange(vsyscall, { low: address, high: address });
  expect(at(0xffffffffff5fffffn)).toBe(false);
  expect(at(0xffffffffff600000n)).toBe(true);
  expect(at(0xffffffffff600fffn)).toBe(true);
  expect(at(0xffffffffff601000n)).toBe(false);
});

function mapping(range: string): HeaderLine {
  const line = new HeaderLine();
  line.parse(Buffer.from(`${range} rw-p 0 0:0 0\n`), 0);
  return line;
}
