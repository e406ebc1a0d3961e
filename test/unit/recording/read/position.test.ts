import { describe, expect, test } from 'vitest';
import { parsePosition } from '../../../../src/recording/read/position.ts';

const localMs = (text: string) => new Date(text).getTime();

describe('a position in a recording', () => {
  test.each([
    ['first', { type: 'first' }],
    ['last', { type: 'last' }],
    ['1', { type: 'index', n: 1 }],
    ['12', { type: 'index', n: 12 }],
    ['2026-11-22T10:00Z', { type: 'time', epochMs: Date.UTC(2026, 10, 22, 10) }],
    ['2026-11-22T10:00:05Z', { type: 'time', epochMs: Date.UTC(2026, 10, 22, 10, 0, 5) }],
    ['2026-11-22T10:00:05.25Z', { type: 'time', epochMs: Date.UTC(2026, 10, 22, 10, 0, 5, 250) }],
    ['2026-11-22T10:00:05.057Z', { type: 'time', epochMs: Date.UTC(2026, 10, 22, 10, 0, 5, 57) }],
    ['2026-11-22T10:00+02:00', { type: 'time', epochMs: Date.UTC(2026, 10, 22, 8) }],
    ['2026-11-22T10:00+0200', { type: 'time', epochMs: Date.UTC(2026, 10, 22, 8) }],
    ['2026-11-22 10:00:00-01:30', { type: 'time', epochMs: Date.UTC(2026, 10, 22, 11, 30) }],
    ['2026-11-22T10:00', { type: 'time', epochMs: localMs('2026-11-22T10:00:00') }],
    ['2024-02-29T10:00', { type: 'time', epochMs: localMs('2024-02-29T10:00:00') }],
  ])('%s', (text, at) => {
    expect(parsePosition(text)).toEqual(at);
  });

  test.each([
    ...['', '0', '-1', '1.5', '01', 'FIRST', 'first ', '1e3', 'now', '10:00', '2026-11-22'],
    ...['2026-11-22T10', '2026-11-22T25:00Z', '2026-02-30T10:00Z', '2026-13-01T10:00Z'],
    ...['2026-11-22T10:60Z', '2026-11-22T10:00X', '2026-11-22T10:00:00.', '9'.repeat(20)],
  ])("'%s' is not one", (text) => {
    expect(parsePosition(text)).toBeUndefined();
  });
});
