import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSize, parseSize } from '../../../../src/model/units/size.ts';

const MIB = 1024 * 1024;

describe('a size that a user wrote', () => {
  test.each([
    ['0', 0],
    ['0G', 0],
    ['512B', 512],
    ['512b', 512],
    ['1k', 1024],
    ['1K', 1024],
    ['1KiB', 1024],
    ['1kib', 1024],
    ['500kB', 500_000],
    ['500M', 500 * MIB],
    ['500m', 500 * MIB],
    ['500MiB', 500 * MIB],
    ['500 MiB', 500 * MIB],
    ['500MB', 500_000_000],
    ['1.5G', 1536 * MIB],
    ['0.1K', 102],
    ['0.5B', 1],
    ['0.4B', 0],
    ['2T', 2 * MIB * MIB],
    ['1P', 1024 * MIB * MIB],
    ['15.5E', 15.5 * 2 ** 60],
    ['16E', 2 ** 64],
    ['9007199254740991B', 9007199254740991],
    ['1.00000000000000000000000000001K', 1024],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseSize(text, { bareUnit: 'KiB' })).toBe(bytes);
    expect(parseSize(text, { bareUnit: 'B' })).toBe(bytes);
  });

  test.each([
    ['', 'nothing'],
    ['M', 'no number'],
    ['-1M', 'negative'],
    ['+1M', 'signed'],
    ['1.M', 'no digit behind the point'],
    ['.5M', 'no digit before it'],
    ['1,5M', 'a comma'],
    ['1iB', 'half a unit'],
    ['1Mi', 'half a unit'],
    ['1X', 'no such unit'],
    ['1M ', 'a blank behind'],
    ['1  M', 'two blanks'],
    ['0x10', 'hexadecimal'],
    ['1e3', 'an exponent'],
    ['17E', 'more than 64 bits'],
    ['9'.repeat(1000), 'far too long'],
    ['Infinity', 'a word'],
    ['1\n', 'a newline'],
  ])('%j is not one: %s', (text) => {
    expect(parseSize(text, { bareUnit: 'B' })).toBeUndefined();
  });

  test('a number without a unit has the unit of the caller', () => {
    expect(parseSize('1.5', { bareUnit: 'KiB' })).toBe(1536);
    expect(parseSize('1500', { bareUnit: 'B' })).toBe(1500);
  });

  test('whole bytes come back as they are', () => {
    const whole = fc.property(fc.maxSafeNat(), (n) => {
      expect(parseSize(String(n), { bareUnit: 'B' })).toBe(n);
    });
    fc.assert(whole, { seed: 4 });
  });
});

describe('a size for people', () => {
  test.each([
    [0, '0'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [4096, '4.0 KiB'],
    [1000 * 1024, '1000 KiB'],
    [999.94 * 1024, '999.9 KiB'],
    [999.96 * 1024, '1000 KiB'],
    [1023.4 * 1024, '1023 KiB'],
    [1023.6 * 1024, '1.0 MiB'],
    [612.4 * MIB, '612.4 MiB'],
    [1023.9 * MIB, '1.0 GiB'],
    [1.5 * 1024 * MIB, '1.5 GiB'],
    [2 ** 64, '16.0 EiB'],
    [-4096, '-4.0 KiB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  test('has at most four digits and reads back to within half of the last', () => {
    const close = fc.property(fc.integer({ min: 1, max: 2 ** 50 }), (bytes) => {
      const text = formatSize(bytes);
      expect(text.replaceAll(/\D/g, '').length).toBeLessThanOrEqual(4);
      const back = parseSize(text, { bareUnit: 'B' }) ?? Number.NaN;
      expect(Math.abs(back - bytes) / bytes).toBeLessThanOrEqual(0.05);
    });
    fc.assert(close, { seed: 4, numRuns: 500 });
  });
});
