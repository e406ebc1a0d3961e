import { describe, expect, test } from 'vitest';
import type { Ending } from '../../../../src/model/watch/watch-reading.ts';
import { STANDARD_FIGURES } from '../../../../src/model/watch/watched.ts';
import { listPids } from '../../../../src/proc/process/list.ts';
import type { FollowRequest } from '../../../../src/sources/follower.ts';
import {
  type Missed,
  type WatchRequest,
  type WatchView,
  watch,
} from '../../../../src/verbs/watch/watcher.ts';
import { controlledClock } from '../../../support/clock.ts';
import { heapUsed } from '../../../support/heap.ts';
import { removeProcess, writeProcess } from '../../../support/proc/fake-process.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';

const START_MS = Date.UTC(2026, 10, 22, 12, 0, 0);
const KIB = 1024;

/** The calls of a view, in words. */
class Heard implements WatchView {
  readonly lines: string[] = [];
  readonly endings: Ending[] = [];
  onReading: () => void = () => {};
  onTick: () => void = () => {};

  async settled(): Promise<void> {}

  readonly reading: WatchView['reading'] = ({ head, takenAtMs, courses }, missed) => {
    const seconds = (takenAtMs - START_MS) / 1000;
    const { last = 0, change } = courses.rss;
    const changed = change === undefined ? '-' : change / KIB;
    this.lines.push(`${seconds}s ${head.pid} ${head.comm} ${last / KIB} ${changed} ${missed}`);
    this.onReading();
  };
  readonly ending: WatchView['ending'] = (ending) => {
    this.endings.push(ending);
    const { head, isGone, readings, courses } = ending;
    const growth = (courses.rss.growth ?? 0) / KIB;
    const how = isGone ? 'ended' : 'goes on';
    this.lines.push(`${head.pid} ${head.comm} ${how} ${readings} ${growth}`);
  };
  readonly problem: WatchView['problem'] = ({ pid, code }) => this.lines.push(`${pid} ${code}`);
  readonly missed = ({ ticks, tookMs, cause }: Missed) => {
    this.lines.push(`missed ${ticks} ${cause} ${tookMs}`);
  };
  readonly tick = (isWaiting: boolean) => {
    if (isWaiting) this.lines.push('waiting');
    this.onTick();
  };
}

const listed = (...pids: number[]): FollowRequest => ({
  targets: () => ({ pids, problems: [] }),
  listed: new Set(pids),
  isDescribed: false,
});

const described = (root: string): FollowRequest => ({
  targets: () => ({ pids: listPids(root), problems: [] }),
  listed: new Set(),
  isDescribed: true,
});

function requestOf(root: string, follow: FollowRequest, more: Partial<WatchRequest> = {}) {
  const schedule = { intervalMs: 5000, count: 4 };
  const common = {
    figures: STANDARD_FIGURES,
    isQuick: false,
    untilExit: false,
    recent: 60,
    grouping: () => undefined,
  };
  return { root, follow, schedule, ...common, ...more };
}

interface Script {
  readonly root: string;
  readonly heard: Heard;
  readonly clock: ReturnType<typeof controlledClock>;
  readonly controller: AbortController;
}

/** Runs a watch over a made-up /proc; `prepare` says what happens, and when. */
async function watched(
  prepare: (script: Script) => WatchRequest,
): Promise<{ readonly heard: Heard; readonly wasSeen: boolean }> {
  return inTemporaryDirectory(async (root) => {
    const heard = new Heard();
    const clock = controlledClock(START_MS);
    const controller = new AbortController();
    const request = prepare({ root, heard, clock, controller });
    const wasSeen = await watch(request, heard, clock, controller.signal);
    return { heard, wasSeen };
  });
}

/** Does one thing after each tick, in turn. */
function afterTicks(heard: Heard, ...steps: (() => void)[]): void {
  heard.onTick = () => steps.shift()?.();
}

describe('a watch', () => {
  test('reports each process at each tick, and a summary at the end', async () => {
    const { heard, wasSeen } = await watched(({ root, heard }) => {
      const a = { pid: 7, comm: 'a', startTimeTicks: 1, rssKib: 100 };
      writeProcess(root, a);
      writeProcess(root, { pid: 8, comm: 'b', startTimeTicks: 2, rssKib: 50 });
      afterTicks(
        heard,
        () => writeProcess(root, { ...a, rssKib: 104 }),
        () => writeProcess(root, { ...a, rssKib: 96 }),
        () => removeProcess(root, 7),
      );
      return requestOf(root, listed(7, 8));
    });
    expect(heard.lines).toEqual([
      '0s 7 a 100 - 0',
      '0s 8 b 50 - 0',
      '5s 7 a 104 4 0',
      '5s 8 b 50 0 0',
      '10s 7 a 96 -8 0',
      '10s 8 b 50 0 0',
      '7 a ended 3 -4',
      '15s 8 b 50 0 0',
      '8 b goes on 4 0',
    ]);
    expect(wasSeen).toBe(true);
    expect(heard.endings[0]).toMatchObject({ durationMs: 10_000, atMs: START_MS + 15_000 });
  });

  test('ends when its listed processes have ended, even if another process has the number', async () => {
    const { heard } = await watched(({ root, heard }) => {
      writeProcess(root, { pid: 7, comm: 'old', startTimeTicks: 1, rssKib: 100 });
      afterTicks(heard, () =>
        writeProcess(root, { pid: 7, comm: 'new', startTimeTicks: 2, rssKib: 9000 }),
      );
      return requestOf(root, listed(7));
    });
    expect(heard.lines).toEqual(['0s 7 old 100 - 0', '7 old ended 1 0']);
  });

  test('never confuses a described process with a later one of the same number', async () => {
    const { heard } = await watched(({ root, heard }) => {
      writeProcess(root, { pid: 7, comm: 'old', startTimeTicks: 1, rssKib: 100 });
      afterTicks(
        heard,
        () => writeProcess(root, { pid: 7, comm: 'new', startTimeTicks: 2, rssKib: 9000 }),
        () => writeProcess(root, { pid: 7, comm: 'new', startTimeTicks: 2, rssKib: 9004 }),
        () => writeProcess(root, { pid: 7, comm: 'new', startTimeTicks: 3, rssKib: 1 }),
      );
      return requestOf(root, described(root));
    });
    expect(heard.lines).toEqual([
      '0s 7 old 100 - 0',
      '7 old ended 1 0',
      '5s 7 new 9000 - 0',
      '10s 7 new 9004 4 0',
      '7 new ended 2 4',
      '15s 7 new 1 - 0',
      '7 new goes on 1 0',
    ]);
  });

  test('waits for described processes, and for more when they have ended', async () => {
    const { heard } = await watched(({ root, heard }) => {
      afterTicks(
        heard,
        () => writeProcess(root, { pid: 9, comm: 'c', startTimeTicks: 1, rssKib: 4 }),
        () => removeProcess(root, 9),
        () => writeProcess(root, { pid: 10, comm: 'd', startTimeTicks: 1, rssKib: 8 }),
      );
      return requestOf(root, described(root));
    });
    expect(heard.lines).toEqual([
      'waiting',
      '5s 9 c 4 - 0',
      '9 c ended 1 0',
      '15s 10 d 8 - 0',
      '10 d goes on 1 0',
    ]);
  });

  test('ends with the last described process if asked to, and at once if there is none', async () => {
    const { heard } = await watched(({ root, heard }) => {
      writeProcess(root, { pid: 9, comm: 'c', startTimeTicks: 1, rssKib: 4 });
      afterTicks(
        heard,
        () => {
          writeProcess(root, { pid: 10, comm: 'd', startTimeTicks: 1, rssKib: 8 });
          removeProcess(root, 9);
        },
        () => removeProcess(root, 10),
      );
      return requestOf(root, described(root), { untilExit: true });
    });
    expect(heard.lines).toEqual([
      '0s 9 c 4 - 0',
      '9 c ended 1 0',
      '5s 10 d 8 - 0',
      '10 d ended 1 0',
    ]);
    const none = await watched(({ root }) => requestOf(root, described(root), { untilExit: true }));
    expect(none).toMatchObject({ wasSeen: false, heard: { lines: [] } });
  });

  test('reports a process that does not exist, and ends if there is no other', async () => {
    const { heard, wasSeen } = await watched(({ root }) => requestOf(root, listed(7)));
    expect(heard.lines).toEqual(['7 no-such-process']);
    expect(wasSeen).toBe(false);
  });

  test('treats a zombie as a process that ended', async () => {
    const { heard } = await watched(({ root, heard }) => {
      const process = { pid: 7, comm: 'a', startTimeTicks: 1, rssKib: 100 };
      writeProcess(root, process);
      afterTicks(heard, () => writeProcess(root, { ...process, rssKib: 0, state: 'Z' }));
      return requestOf(root, listed(7));
    });
    expect(heard.lines).toEqual(['0s 7 a 100 - 0', '7 a ended 1 0']);
  });

  test('ends when it is stopped, with a summary', async () => {
    const { heard } = await watched(({ root, heard, controller }) => {
      writeProcess(root, { pid: 7, comm: 'a', startTimeTicks: 1, rssKib: 100 });
      afterTicks(
        heard,
        () => {},
        () => controller.abort(),
      );
      return requestOf(root, listed(7), { schedule: { intervalMs: 5000 } });
    });
    expect(heard.lines).toEqual(['0s 7 a 100 - 0', '5s 7 a 100 0 0', '7 a goes on 2 0']);
  });

  test('can be stopped between two processes', async () => {
    const { heard } = await watched(({ root, heard, controller }) => {
      for (const pid of [7, 8, 9]) {
        writeProcess(root, { pid, comm: 'a', startTimeTicks: 1, rssKib: 100 });
      }
      heard.onReading = () => setImmediate(() => controller.abort());
      return requestOf(root, listed(7, 8, 9));
    });
    expect(heard.lines).toEqual(['0s 7 a 100 - 0', '7 a goes on 1 0']);
  });
});

describe('ticks that were missed', () => {
  test('because reading took too long are reported, and counted in the row, and not made up for', async () => {
    const { heard } = await watched(({ root, clock }) => {
      writeProcess(root, { pid: 7, comm: 'a', startTimeTicks: 1, rssKib: 100 });
      let reading = 0;
      const follow = listed(7);
      const targets = () => {
        if (reading++ === 1) clock.pass(17_200);
        return follow.targets();
      };
      return requestOf(root, { ...follow, targets });
    });
    expect(heard.lines).toEqual([
      '0s 7 a 100 - 0',
      '22.2s 7 a 100 0 0',
      'missed 2 reading 17200',
      '22.2s 7 a 100 0 2',
      '25s 7 a 100 0 0',
      '7 a goes on 4 0',
    ]);
  });

  test('because the rows were not read', async () => {
    const { heard } = await watched(({ root, heard, clock }) => {
      writeProcess(root, { pid: 7, comm: 'a', startTimeTicks: 1, rssKib: 100 });
      heard.onReading = () => clock.pass(12_000);
      return requestOf(root, listed(7), { schedule: { intervalMs: 5000, count: 2 } });
    });
    expect(heard.lines[1]).toBe('missed 1 writing 12000');
  });

  test('because the program was paused', async () => {
    const { heard } = await inTemporaryDirectory(async (root) => {
      writeProcess(root, { pid: 7, comm: 'a', startTimeTicks: 1, rssKib: 100 });
      const heard = new Heard();
      const clock = controlledClock(START_MS, () => {
        if (heard.lines.length === 1) clock.pass(14_000);
      });
      const schedule = { intervalMs: 5000, count: 3 };
      const request = requestOf(root, listed(7), { schedule });
      await watch(request, heard, clock, new AbortController().signal);
      return { heard };
    });
    // The clock stood for 14 s in a sleep of 5 s: of the ticks at 5, 10 and 15 s one is left.
    expect(heard.lines.slice(0, 4)).toEqual([
      '0s 7 a 100 - 0',
      'missed 2 pause 19000',
      '19s 7 a 100 0 2',
      '20s 7 a 100 0 0',
    ]);
  });
});

describe('eight hours', () => {
  test('give the slope, and need no more memory than a minute', async () => {
    const TICKS = (8 * 3600) / 5;
    const heapAt: number[] = [];
    let tick = 0;
    const { heard } = await watched(({ root, heard }) => {
      const process = { pid: 7, comm: 'leak', startTimeTicks: 1, rssKib: 1000 };
      writeProcess(root, process);
      heard.onTick = () => {
        heard.lines.length = 0;
        tick++;
        // A page each minute.
        if (tick % 12 === 0) writeProcess(root, { ...process, rssKib: 1000 + tick / 3 });
        if (tick % 720 === 0) {
          heapAt.push(heapUsed());
        }
      };
      return requestOf(root, listed(7), { schedule: { intervalMs: 5000, count: TICKS } });
    });
    const { readings, durationMs, courses } = heard.endings[0] as Ending;
    expect({ readings, durationMs }).toEqual({ readings: TICKS, durationMs: (TICKS - 1) * 5000 });
    expect(courses.rss.growth).toBe(Math.floor((TICKS - 1) / 12) * 4 * KIB);
    expect((courses.rss.slope?.perMinute ?? 0) / KIB).toBeCloseTo(4, 2);
    expect((courses.rss.slope?.margin ?? 0) / KIB).toBeLessThan(0.01);
    expect(courses.rss.recent).toHaveLength(60);
    // Twenty bytes kept for each tick and figure would be more.
    const growth = (heapAt.at(-1) ?? 0) - (heapAt[0] ?? 0);
    expect(growth).toBeLessThan(300 * KIB);
  });
});
