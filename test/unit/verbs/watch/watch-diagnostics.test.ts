import { describe, expect, test } from 'vitest';
import { missedText } from '../../../../src/verbs/watch/diagnostics.ts';

describe('ticks that were missed', () => {
  test.each([
    [1, 0.4, '1 tick was missed: reading took 0ms'],
    [11, 12.3, '11 ticks were missed: reading took 12ms'],
    [2, 99.6, '2 ticks were missed: reading took 100ms'],
    [1, 999.7, '1 tick was missed: reading took 1.0s'],
    [1, 1249, '1 tick was missed: reading took 1.2s'],
    [1, 1949, '1 tick was missed: reading took 1.9s'],
    [3, 59_970, '3 ticks were missed: reading took 60.0s'],
    [3, 61_000, '3 ticks were missed: reading took 1m 1s'],
  ])('are reported with the duration of the reading: %d, %d ms', (ticks, tookMs, text) => {
    expect(missedText({ ticks, tookMs, cause: 'reading' })).toBe(text);
  });

  test('are reported with their cause', () => {
    const missed = { ticks: 1, tookMs: 7 };
    expect(missedText({ ...missed, cause: 'writing' })).toBe('1 tick was missed: writing took 7ms');
    expect(missedText({ ...missed, cause: 'pause' })).toBe(
      '1 tick was missed: tsmap was paused for 7ms',
    );
  });
});
