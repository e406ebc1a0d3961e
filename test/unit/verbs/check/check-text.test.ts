import { describe, expect, test } from 'vitest';
import { toByteString } from '../../../../src/model/byte-string.ts';
import type { ProcessHead } from '../../../../src/model/process.ts';
import { levelOf } from '../../../../src/verbs/check/judge.ts';
import {
  type Limit,
  type LimitedFigure,
  limitedColumn,
  type Verdict,
} from '../../../../src/verbs/check/limits.ts';
import { nagiosLine, nagiosState, nagiosUnknown } from '../../../../src/verbs/check/nagios.ts';
import { breachLine, breachText, figureText } from '../../../../src/verbs/check/verdict-text.ts';

const MIB = 1024 ** 2;

function process(pid: number, comm: string): ProcessHead {
  const rest = { state: 'S', cmdline: 'x\0', startStack: 0, startTimeTicks: 1 };
  return { pid, askedPid: pid, comm, ...rest };
}

function verdict(
  id: LimitedFigure,
  value: number,
  limit: Omit<Limit, 'column'>,
  measuredMs = limit.windowMs,
): Verdict {
  const whole = { column: limitedColumn(id), ...limit };
  const level = levelOf(whole, value);
  const base = { limit: whole, value, level };
  return measuredMs === undefined ? base : { ...base, measuredMs };
}

describe('a breach', () => {
  test.each<[Verdict, string]>([
    [verdict('rss', 612.4 * MIB, { max: 500 * MIB }), 'rss 612.4 MiB is over 500 MiB'],
    [verdict('pss', 2 * MIB, { max: 500e3 }), 'pss 2 MiB is over 488.3 KiB'],
    [verdict('rss', 500 * MIB + 4096, { max: 500 * MIB }), 'rss 512004 KiB is over 512000 KiB'],
    [verdict('rss', 500 * MIB, { max: 500 * MIB - 1 }), 'rss 524288000 B is over 524287999 B'],
    [verdict('rss', 500 * MIB + 4096, { max: 1 }), 'rss 500.0 MiB is over 1 B'],
    [verdict('swap', 4096, { max: 0 }), 'swap 4 KiB is over 0'],
    [verdict('mappings', 65_012, { max: 60_000 }), 'mappings 65012 is over 60000'],
    [verdict('size', 2 * MIB, { warn: MIB, max: 3 * MIB }), 'size 2 MiB is over 1 MiB'],
    [
      verdict('rss', 12.5 * MIB, { max: 10 * MIB, windowMs: 60_000 }),
      'rss grew by 12.5 MiB in 1m, over 10 MiB',
    ],
    [
      verdict('mappings', 101, { max: 100, windowMs: 60_000 }, 5000),
      'mappings grew by 101 in 5s, over 100',
    ],
  ])('is printed with numbers that differ: %#', (broken, text) => {
    expect(breachText(broken)).toBe(text);
  });

  test('is printed without control characters', () => {
    const name = 'a\x1b[2J\n\xff\xe2\x80\xae';
    expect(breachLine(process(7, name), verdict('rss', 2, { max: 1 }))).toBe(
      '7 (a?[2J???): rss 2 B is over 1 B',
    );
  });
});

test('the text of a figure that shrank', () => {
  expect(figureText(verdict('rss', 1.5 * MIB, {}))).toBe('rss 1.5 MiB');
  expect(figureText(verdict('rss', -MIB, { windowMs: 90_000 }))).toBe(
    'rss shrank by 1 MiB in 1m 30s',
  );
});

describe('the line of a monitoring plugin', () => {
  const fine = verdict('rss', 5, { warn: 10, max: 20 });
  const warned = verdict('rss', 15, { warn: 10, max: 20 });
  const broken = verdict('rss', 25, { warn: 10, max: 20 });
  const of = (verdicts: Verdict[], failures: string[] = [], comm = 'java') => ({
    processes: verdicts.map((each, i) => ({ head: process(i + 1, comm), verdicts: [each] })),
    failures,
    isSingleProcess: verdicts.length + failures.length === 1,
    maxMapCount: 65_530,
  });

  test.each<[Verdict[], string[], string, string]>([
    [[fine], [], 'OK', '1 (java): rss 5 B'],
    [[fine, fine], [], 'OK', '2 processes within limits'],
    [[fine, warned], [], 'WARNING', '2 (java): rss 15 B is over 10 B'],
    [
      [warned, broken],
      [],
      'CRITICAL',
      '2 (java): rss 25 B is over 20 B; 1 (java): rss 15 B is over 10 B',
    ],
    [[fine], ['9: gone'], 'UNKNOWN', '9: gone'],
    [[warned], ['9: gone'], 'UNKNOWN', '9: gone; 1 (java): rss 15 B is over 10 B'],
    [[broken], ['9: gone'], 'CRITICAL', '1 (java): rss 25 B is over 20 B; 9: gone'],
    [[], ['9: gone'], 'UNKNOWN', '9: gone'],
  ])('lists the worst first: %#', (verdicts, failures, state, text) => {
    const result = of(verdicts, failures);
    expect(nagiosState(result)).toBe(state);
    const [said] = nagiosLine(result).trimEnd().split(' | ');
    expect(said).toBe(`TSMAP ${state} - ${text}`);
  });

  test.each<[Verdict, string]>([
    [fine, "'rss'=5B;10;20;0"],
    [verdict('rss', 5, { max: 20 }), "'rss'=5B;;20;0"],
    [verdict('rss', 5, { warn: 20 }), "'rss'=5B;20;;0"],
    [verdict('mappings', 41, { max: 60_000 }), "'mappings'=41;;60000;0;65530"],
    [verdict('rss', -5, { warn: 1, max: 20, windowMs: 60_000 }), "'rss_growth_60s'=-5B;~:1;~:20"],
  ])('has figures for graphs, without a process id in the label: %#', (each, perfdata) => {
    expect(nagiosLine(of([each]))).toMatch(/^TSMAP OK - [^|\n]* \| [^|\n]*\n$/);
    expect(
      nagiosLine(of([each]))
        .trimEnd()
        .split(' | ')[1],
    ).toBe(perfdata);
  });

  test('labels figures of several processes with ids, even if only one can be read', () => {
    expect(nagiosLine(of([fine, fine]))).toContain(" | 'rss_1'=5B;10;20;0 'rss_2'=5B;10;20;0\n");
    expect(nagiosLine(of([fine], ['9: gone']))).toContain(" | 'rss_1'=5B;10;20;0\n");
  });

  test.each([
    ['a|b', 'a?b'],
    ['a\nb', 'a?b'],
    ["'x'=1;2", "'x'=1;2"],
    ['\x1b]0;t\x07', '?]0;t?'],
    [toByteString('\u202eé'), toByteString('?é')],
    ['\xff', '?'],
  ])('is one line with one bar, whatever the name of the process: %j', (comm, shown) => {
    for (const verdicts of [[fine], [broken]]) {
      const line = nagiosLine(of(verdicts, [], comm));
      expect(line).toContain(` - 1 (${shown}): rss `);
      expect(line).toMatch(/^[^|\n]* \| 'rss'=\d+B;10;20;0\n$/);
    }
  });

  test('lists ten findings and counts the rest', () => {
    const line = nagiosLine(of(Array.from({ length: 12 }, () => broken)));
    expect(line.split(' | ')[0]?.split('; ')).toHaveLength(11);
    expect(line).toContain('; and 2 more | ');
    expect(line.match(/'rss_\d+'/g)).toHaveLength(12);
  });

  test('about an error is one line as well', () => {
    expect(nagiosUnknown('a|b\n\x1b')).toBe('TSMAP UNKNOWN - a?b??\n');
  });
});
