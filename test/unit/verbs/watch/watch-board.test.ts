import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Ending } from '../../../../src/model/watch/watch-reading.ts';
import { perFigure } from '../../../../src/model/watch/watched.ts';
import { ASCII_GLYPHS } from '../../../../src/terminal/glyphs.ts';
import { WatchBoard } from '../../../../src/verbs/watch/screen/board.ts';
import { endLines } from '../../../../src/verbs/watch/screen/end-table.ts';

function ending(pid: number): Ending {
  const course = { last: 4096, change: 0, growth: 0, peak: 4096, mean: 4096, recent: [] };
  const courses = perFigure(() => ({ ...course, slope: undefined }));
  const head = {
    ...{ pid, askedPid: pid, comm: `p${pid}`, state: 'S', cmdline: '' },
    ...{ startStack: 0, startTimeTicks: 1 },
  };
  return { head, isGone: true, atMs: 0, readings: 1, durationMs: 0, courses };
}

/** The board of a watch after so many processes have all ended. */
function boardOf(count: number): WatchBoard {
  const board = new WatchBoard({
    ...{ top: 5, intervalMs: 1000 },
    ...{ epochMs: () => 0, grouping: () => undefined },
  });
  for (let pid = 1; pid <= count; pid++) board.ending(ending(pid));
  return board;
}

function linesOf({ endings, forgotten }: WatchBoard): string[] {
  const style = { sizes: 'kib', widthOf: stringWidth, glyphs: ASCII_GLYPHS } as const;
  return endLines(endings, 'rss', forgotten, style);
}

describe('the table at the end of a watch', () => {
  test('has a line for each process, in the order of their ends', () => {
    expect(linesOf(boardOf(2))).toEqual([
      'PID RSS peak KiB Mean Change Per minute For       Command',
      '  1            4    4      0          - ended 0ms p1',
      '  2            4    4      0          - ended 0ms p2',
    ]);
  });

  test('is bounded: it has the last of many, and the number of the others', () => {
    const lines = linesOf(boardOf(1000));
    expect(lines).toHaveLength(102);
    expect(lines[1]).toMatch(/ p901$/);
    expect(lines.slice(-2).join()).toMatch(/ p1000,\.\.\. and 900 before these$/);
    const { ended, endedCount } = boardOf(1000).state();
    expect([ended.length, endedCount]).toEqual([100, 1000]);
  });
});
