import { beforeAll, describe, expect, test } from 'vitest';
import type { Course, Ending, WatchReading } from '../../../../src/model/watch/watch-reading.ts';
import { perFigure, STANDARD_FIGURES } from '../../../../src/model/watch/watched.ts';
import { clockText } from '../../../../src/verbs/watch/clock-text.ts';
import { changeText, sizeText, slopeText } from '../../../../src/verbs/watch/figure-text.ts';
import { PlainRows } from '../../../../src/verbs/watch/plain-rows.ts';

const KIB = 1024;
const NOON_MS = Date.UTC(2026, 10, 22, 12, 0, 5);

beforeAll(() => {
  process.env['TZ'] = 'UTC';
});

const head = (pid: number, comm: string) => ({
  ...{ pid, askedPid: pid, comm, state: 'S', cmdline: `${comm}\0` },
  ...{ startStack: 0, startTimeTicks: 1 },
});

function course(lastKib: number, changeKib?: number): Course {
  const change = changeKib === undefined ? undefined : changeKib * KIB;
  const last = lastKib * KIB;
  return { last, change, growth: 8 * KIB, peak: last, mean: last, slope: undefined, recent: [] };
}

function moment(
  pid: number,
  lastKib: number,
  changeKib?: number,
  more: Partial<WatchReading> = {},
) {
  const courses = perFigure((id) =>
    id === 'swap' ? { ...course(0), last: undefined } : course(lastKib, changeKib),
  );
  return { head: head(pid, 'two words'), takenAtMs: NOON_MS, courses, movers: undefined, ...more };
}

const options = {
  sizes: 'kib',
  figures: STANDARD_FIGURES,
  by: undefined,
  hasFraction: false,
  onTerminal: false,
} as const;

describe('texts of figures', () => {
  test.each([
    { bytes: 4096, kib: '+4', bytesText: '+4096', human: '+4.0 KiB' },
    { bytes: -1536 * KIB, kib: '-1536', bytesText: '-1572864', human: '-1.5 MiB' },
    { bytes: 0, kib: '0', bytesText: '0', human: '0' },
    { bytes: undefined, kib: '-', bytesText: '-', human: '-' },
  ])('a change of $bytes', ({ bytes, kib, bytesText, human }) => {
    expect(changeText(bytes, 'kib')).toBe(kib);
    expect(changeText(bytes, 'bytes')).toBe(bytesText);
    expect(changeText(bytes, 'human')).toBe(human);
  });

  test('a mean is rounded to whole bytes', () => {
    expect(sizeText(1234.56, 'bytes')).toBe('1235');
  });

  test.each([
    { perMinute: 12.34 * KIB, margin: 0.4 * KIB, text: '+12.3 (±0.4)' },
    { perMinute: -12.34 * KIB, margin: 0, text: '-12.3 (±0.0)' },
    { perMinute: -0.01 * KIB, margin: 0.02 * KIB, text: '0.0 (±0.0)' },
  ])('a slope of $perMinute bytes a minute', ({ text, ...slope }) => {
    expect(slopeText(slope, 'kib')).toBe(text);
  });

  test('a slope in other units, and no slope', () => {
    const slope = { perMinute: 3 * KIB * KIB, margin: 512.4 };
    expect(slopeText(slope, 'human')).toBe('+3.0 MiB (±512 B)');
    expect(slopeText(slope, 'bytes', '+-')).toBe('+3145728 (+-512)');
    expect(slopeText(undefined, 'kib')).toBe('-');
  });
});

describe('a time', () => {
  test('is the time of day, with milliseconds if they are wanted', () => {
    expect(clockText(NOON_MS, NOON_MS, false)).toBe('12:00:05');
    expect(clockText(NOON_MS + 45, NOON_MS, true)).toBe('12:00:05.045');
  });

  test('has the date on any day but the first', () => {
    expect(clockText(NOON_MS + 86_400_000, NOON_MS, false)).toBe('2026-11-23T12:00:05');
  });
});

describe('plain rows', () => {
  test('are aligned below their heading', () => {
    const rows = new PlainRows(options);
    expect([
      rows.heading(),
      ...rows.rows(moment(1234, 4096)),
      ...rows.rows(moment(9, 4000, -96)),
    ]).toEqual([
      '    Time     PID     RSS Change     PSS Change     USS Change    Swap Change Command',
      '12:00:05    1234    4096      -    4096      -    4096      -       -      - two words',
      '12:00:05       9    4000    -96    4000    -96    4000    -96       -      - two words',
    ]);
  });

  test('get wider with their numbers, and stay wide', () => {
    const rows = new PlainRows(options);
    rows.heading();
    const large = rows.rows(moment(1234, 123_456_789, 1_234_567));
    const small = rows.rows(moment(1234, 1, 1));
    expect(large[0]).toContain(' 123456789 +1234567 123456789 ');
    expect(small[0]?.indexOf('two words')).toBe(large[0]?.indexOf('two words'));
  });

  test('have as many words as the heading, except for a name of several', () => {
    const rows = new PlainRows({ ...options, by: 'kind' });
    const movers = [
      {
        label: 'heap',
        figures: perFigure(() => 4 * KIB),
        changes: perFigure(() => 4 * KIB),
        rssGrowth: 4 * KIB,
      },
    ];
    const [heading, total, kind] = [rows.heading(), ...rows.rows(moment(7, 8, 4, { movers }))];
    expect([heading, total, kind]).toEqual([
      '    Time     PID Row       RSS Change     PSS Change     USS Change    Swap Change Name',
      '12:00:05       7 total       8     +4       8     +4       8     +4       -      - two words',
      '12:00:05       7 kind        4     +4       4     +4       4     +4       4     +4 heap',
    ]);
    expect(kind?.split(/ +/)).toHaveLength(heading?.trim().split(/ +/).length ?? 0);
  });

  test('show no control characters of a name', () => {
    const rows = new PlainRows(options);
    const hostile = { head: head(7, 'a\x1b[2Jb\nc\xff'), movers: undefined };
    const [row = ''] = rows.rows(moment(7, 8, 4, hostile));
    expect(row.endsWith(' a?[2Jb?c?')).toBe(true);
  });

  test('end with a comment about the whole watch', () => {
    const slope = { perMinute: 8 * KIB, margin: KIB };
    const ending: Ending = {
      head: head(7, 'seven'),
      isGone: true,
      atMs: NOON_MS,
      readings: 13,
      durationMs: 65_000,
      courses: perFigure(() => ({ ...course(12), slope })),
    };
    const rows = new PlainRows(options);
    const each = 'peak 12, mean 12, change +8, per minute +8.0 (+-1.0)';
    expect(rows.ending(ending)).toBe(
      `# 12:00:05 7 seven ended, 13 readings in 1m 5s (KiB): RSS ${each}; PSS ${each}; USS ${each}; Swap ${each}`,
    );
    expect(rows.ending({ ...ending, isGone: false, readings: 1 })).toMatch(
      /^# 12:00:05 7 seven still running, 1 reading in /,
    );
  });
});
