import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { MoverGrouping } from '../../../../src/model/watch/watch-reading.ts';
import { perFigure, STANDARD_FIGURES } from '../../../../src/model/watch/watched.ts';
import { ASCII_GLYPHS, sparkline, UNICODE_GLYPHS } from '../../../../src/terminal/glyphs.ts';
import { renderLine, type TonePainter } from '../../../../src/terminal/line.ts';
import { type FrameState, frameLines } from '../../../../src/verbs/watch/screen/frame.ts';
import { effectOf, firstDisplay, keysIn } from '../../../../src/verbs/watch/screen/keys.ts';
import type { ProcessView } from '../../../../src/verbs/watch/screen/process-view.ts';

const KIB = 1024;
const NO_PAINT: TonePainter = (text) => text;

function processView(pid: number, comm: string, rssKib: number, more: Partial<ProcessView> = {}) {
  const courses = perFigure((id) => {
    const last = (id === 'swap' ? 0 : rssKib) * KIB;
    const recent = [0, 2, 4, 8].map((part) => (last * part) / 8);
    const slope = { perMinute: last / 8, margin: 512 };
    return { last, change: last / 2, growth: last, peak: last, mean: last / 2, slope, recent };
  });
  const head = {
    ...{ pid, askedPid: pid, comm, state: 'S', cmdline: `${comm}\0` },
    ...{ startStack: 0, startTimeTicks: 1 },
  };
  return { head, courses, movers: [], by: undefined, ...more };
}

const movers = ['[heap]', '/usr/lib/x86_64-linux-gnu/libc.so.6'].map((label, i) => ({
  label,
  figures: perFigure(() => (i + 1) * 100 * KIB),
  changes: perFigure(() => -4 * KIB),
  rssGrowth: 8 * KIB,
}));

const displayBy = (by: MoverGrouping | undefined) =>
  firstDisplay({ by, quick: false }, STANDARD_FIGURES);

function state(processes: readonly ProcessView[], more: Partial<FrameState> = {}): FrameState {
  return {
    display: displayBy(undefined),
    processes,
    ended: more.ended ?? [],
    endedCount: more.ended?.length ?? 0,
    time: '12:00:05',
    intervalMs: 5000,
    readings: 14,
    message: undefined,
    hasKeys: true,
    ...more,
  };
}

function frame(
  shown: FrameState,
  width: number,
  height: number,
  { glyphs = UNICODE_GLYPHS, paint = NO_PAINT } = {},
): string[] {
  const figures = STANDARD_FIGURES;
  const drawing = { width, sizes: 'kib', figures, glyphs, widthOf: stringWidth } as const;
  const lines = frameLines(shown, height, drawing);
  return lines.map((line) => renderLine(line, width, stringWidth, paint).trimEnd());
}

describe('a frame', () => {
  test('of one process shows all its figures', () => {
    const one = processView(1234, 'server', 8000, { movers, by: 'mapping' });
    const display = displayBy('mapping');
    expect(frame(state([one], { display }), 80, 16)).toEqual([
      'tsmap watch  12:00:05  every 5s  14 readings  1 process  KiB',
      '',
      '             Now    Change      Peak      Mean         KiB/min  Over time',
      '1234 server',
      '  RSS       8000     +4000      8000      4000  +1000.0 (±0.5)  ▁▃▅█',
      '  PSS       8000     +4000      8000      4000  +1000.0 (±0.5)  ▁▃▅█',
      '  USS       8000     +4000      8000      4000  +1000.0 (±0.5)  ▁▃▅█',
      '  Swap         0         0         0         0      0.0 (±0.5)  ▁▁▁▁',
      '         RSS    Change    In all  Mapping',
      '         100        -4        +8  [heap]',
      '         200        -4        +8  /usr/lib/x86_64-linux-gnu/libc.so.6',
      '',
      '',
      '',
      '',
      'q quit  space pause  s sort: rss  m show: mapping',
    ]);
  });

  test('of many shows each on a line, and counts what does not fit', () => {
    const many = [3, 1, 2, 5, 4].map((i) => processView(i, `p${i}`, 1000 * i));
    expect(frame(state(many), 80, 7)).toEqual([
      'tsmap watch  12:00:05  every 5s  14 readings  5 processes  KiB',
      '   PID      RSS      PSS   Change     Peak        KiB/min  Over time     Command',
      '     5     5000     5000    +2500     5000  +625.0 (±0.5)  ▁▃▅█          p5',
      '     4     4000     4000    +2000     4000  +500.0 (±0.5)  ▁▃▅█          p4',
      '     3     3000     3000    +1500     3000  +375.0 (±0.5)  ▁▃▅█          p3',
      '… and 2 more',
      'q quit  space pause  s sort: rss  m show: total',
    ]);
  });

  test('of many with movers shows a part of the first, and counts the others', () => {
    const many = [1, 2, 3].map((i) => processView(i, `p${i}`, 1000, { movers, by: 'mapping' }));
    const display = displayBy('mapping');
    expect(frame(state(many, { display }), 60, 6).slice(1, -1)).toEqual([
      '   PID      RSS   Change     Peak  Over time         Command',
      '     1     1000     +500     1000  ▁▃▅█              p1',
      '         RSS    Change    In all  Mapping',
      '… and 2 more',
    ]);
  });

  test('shows the processes that ended last, and messages', () => {
    const ended = [processView(9, 'gone', 9000, { ended: { durationMs: 65_000 } })];
    const message = '12:00:05 2 ticks were missed: reading took 7.2s';
    const lines = frame(state([processView(1, 'there', 10)], { ended, message }), 60, 8);
    expect(lines).toEqual([
      'tsmap watch  12:00:05  every 5s  14 readings  1 process  1 e',
      '   PID      RSS   Change     Peak  Over time    Command',
      '     1       10       +5       10  ▁▃▅█         there',
      '     9     9000    +4500     9000  ▁▃▅█         gone (ended)',
      '',
      '',
      '12:00:05 2 ticks were missed: reading took 7.2s',
      'q quit  space pause  s sort: rss  m show: total',
    ]);
  });

  test('counts processes that ended too long ago to be kept', () => {
    const ended = [processView(9, 'gone', 9000, { ended: { durationMs: 65_000 } })];
    const lines = frame(state([processView(1, 'there', 10)], { ended, endedCount: 150 }), 80, 8);
    expect(lines[0]).toBe(
      'tsmap watch  12:00:05  every 5s  14 readings  1 process  150 ended  KiB',
    );
    expect(lines[4]).toBe('… and 149 more');
  });

  test.each([
    { sort: 'rss', order: [3, 2, 1] },
    { sort: 'change', order: [3, 2, 1] },
    { sort: 'pid', order: [1, 2, 3] },
    { sort: 'swap', order: [1, 2, 3] },
  ] as const)('sorts by $sort', ({ sort, order }) => {
    const many = [2, 1, 3].map((i) => processView(i, 'p', 1000 * i));
    const display = { ...displayBy(undefined), sort };
    const rows = frame(state(many, { display }), 60, 8).slice(2, 5);
    expect(rows.map((row) => Number(row.trim().split(' ')[0]))).toEqual(order);
  });

  test('shows that it waits, is paused, or has no keys', () => {
    const paused = { ...displayBy(undefined), isPaused: true };
    const lines = frame(state([], { display: paused, hasKeys: false }), 60, 5);
    expect(lines[1]).toBe('no process yet');
    expect(lines[4]).toBe('paused  Ctrl-C quit');
  });

  const sizes = [1, 2, 3, 4, 5, 8, 20, 40, 79, 80, 200].flatMap((width) =>
    [1, 2, 3, 4, 5, 6, 7, 10, 24, 60].map((height) => ({ width, height })),
  );
  test.each(sizes)('never leaves $width x $height', ({ width, height }) => {
    const wide = '漢字漢字漢字漢字漢字';
    const name = Buffer.from(`${wide}\x1b[2J\u202e`).toString('latin1');
    for (const count of [0, 1, 3, 50]) {
      const processes = Array.from({ length: count }, (_, i) =>
        processView(i + 1, name, 10 ** (i % 9), { movers, by: 'mapping' }),
      );
      const display = displayBy('mapping');
      for (const glyphs of [UNICODE_GLYPHS, ASCII_GLYPHS]) {
        const shown = state(processes, { display, message: 'something', ended: processes });
        const lines = frame(shown, width, height, { glyphs });
        expect(lines.length).toBe(height);
        for (const line of lines) {
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be there
          expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
        }
      }
    }
  });

  test('has only ASCII if the locale has only ASCII', () => {
    const name = Buffer.from('é').toString('latin1');
    const lines = frame(state([processView(1, name, 8000)]), 80, 12, { glyphs: ASCII_GLYPHS });
    expect(lines[3]).toBe('1 ?');
    expect(lines[4]).toBe('  RSS       8000     +4000      8000      4000  +1000.0 (+-0.5)  _-=#');
    expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
  });

  test('colours rises and falls, slopes only if they exceed their margin', () => {
    const paint: TonePainter = (text, tone) =>
      /rise|fall/.test(tone) ? `<${tone} ${text}>` : text;
    const process = processView(1, 'p', 8000, { movers, by: 'kind' });
    const display = displayBy('kind');
    const lines = frame(state([process], { display }), 80, 16, { paint });
    expect(lines[4]).toContain('<rise +4000>');
    expect(lines[4]).toContain('<rise +1000.0 (±0.5)>');
    expect(lines[7]).not.toContain('<');
    expect(lines[9]).toContain('<fall -4>');
  });
});

describe('a sparkline', () => {
  test.each([
    { values: [], line: '' },
    { values: [7], line: '▁' },
    { values: [7, 7, 7], line: '▁▁▁' },
    { values: [0, 1, 2, 3, 4, 5, 6, 7], line: '▁▂▃▄▅▆▇█' },
    { values: [100, 0], line: '█▁' },
    { values: [9, 9, 9, 0, 1, 2, 3, 4, 5, 6, 7], line: '▁▂▃▄▅▆▇█' },
  ])('of $values', ({ values, line }) => {
    expect(sparkline(values, 8, UNICODE_GLYPHS)).toBe(line);
  });

  test('without room is empty', () => {
    expect(sparkline([1, 2], 0, UNICODE_GLYPHS)).toBe('');
  });
});

describe('the key', () => {
  const display = displayBy(undefined);
  test.each([
    { key: 'q', effect: 'quit' },
    { key: '\x03', effect: 'quit' },
    { key: '\x1a', effect: 'suspend' },
    { key: '\x0c', effect: 'redraw' },
    { key: ' ', effect: { ...display, isPaused: true } },
    { key: 's', effect: { ...display, sort: 'pss' } },
    { key: 'm', effect: { ...display, mode: 'kind' } },
    { key: 'x', effect: undefined },
  ])('$key', ({ key, effect }) => {
    expect(effectOf(key, display)).toEqual(effect);
  });

  test('s goes through all orders, m through all views, and back to the first', () => {
    const orders: string[] = [];
    let shown = display;
    for (let i = 0; i < 6; i++) {
      const next = effectOf('s', shown);
      if (typeof next === 'object') shown = next;
      orders.push(shown.sort);
    }
    expect(orders).toEqual(['pss', 'uss', 'swap', 'change', 'pid', 'rss']);
    expect(effectOf('m', { ...display, mode: 'mapping' })).toEqual(display);
  });

  test('is not recognized inside a sequence that another key sends', () => {
    expect(keysIn('\x1b[As\x1bOq\x1b[1;5m q')).toEqual(['s', ' ', 'q']);
    expect(keysIn('sms')).toEqual(['s', 'm', 's']);
  });
});
