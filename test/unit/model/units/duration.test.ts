import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../../src/model/units/duration.ts';

describe('a duration as users write it', () => {
  test.each([
    ['5', 5000],
    ['0.5', 500],
    ['5s', 5000],
    ['500ms', 500],
    ['1m', 60_000],
    ['1.5m', 90_000],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['2h5m', 7_500_000],
    ['1d', 86_400_000],
    ['0', 0],
    ['0s', 0],
    ['0.4ms', 0],
    ['0.5ms', 1],
    ['3650d', 315_360_000_000],
  ])('%s', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  test.each([
    '',
    's',
    'five',
    '5 s',
    ' 5',
    '-5s',
    '+5s',
    '5x',
    '5S',
    '1m30',
    '5s,',
    '.5s',
    '1e3',
    '0x5',
    '5μs',
    '9999999999s',
    '3651d',
    '١s',
    'Infinity',
  ])('%j is not one', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('a duration for people', () => {
  test.each([
    [0, '0ms'],
    [350, '350ms'],
    [999.4, '999ms'],
    [1000, '1s'],
    [1499, '1s'],
    [59_600, '1m'],
    [90_000, '1m 30s'],
    [3_600_000, '1h'],
    [7_500_000, '2h 5m'],
    [3_605_000, '1h'],
    [86_400_000 * 3, '3d'],
    [86_400_000 + 3_600_000 * 2 + 60_000, '1d 2h'],
  ])('%d ms', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  test('reads back to its value, within a second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 3_599_000 }), (durationMs) => {
        const back = parseDuration(formatDuration(durationMs).replace(' ', '')) ?? Number.NaN;
        expect(Math.abs(back - durationMs)).toBeLessThanOrEqual(500);
      }),
    );
  });
});
