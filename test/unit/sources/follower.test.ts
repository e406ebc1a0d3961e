import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ProblemError } from '../../../src/model/errors/problem.ts';
import type { Sample } from '../../../src/model/sample.ts';
import { type FollowEvent, Follower, type Targets } from '../../../src/sources/follower.ts';
import { takeSample } from '../../../src/sources/live/sampler.ts';
import { makeProcRoot } from '../../support/proc/proc-root.ts';

const root = makeProcRoot();
afterAll(() => root.cleanUp());

function take(pid: number): Sample {
  const onProblem = () => {};
  return takeSample({ root: root.path, pid, detail: 'total', epochMs: () => 0, onProblem });
}

/** Follows listed processes, or, if `targets` is given, the processes that it returns. */
function follow(listed: readonly number[], targets?: () => readonly number[]): Follower<Sample> {
  const now = (): Targets => ({ pids: targets?.() ?? listed, problems: [] });
  const request = { targets: now, listed: new Set(listed), isDescribed: targets !== undefined };
  return new Follower(request, take);
}

/** An event as a few words. */
function words(event: FollowEvent<Sample>): string {
  switch (event.type) {
    case 'read': {
      const { pid, startTimeTicks } = event.sample.head;
      return `${event.isFirst ? 'first' : 'again'} ${pid} of ${startTimeTicks}`;
    }
    case 'ended':
      return `ended ${event.head.pid} of ${event.head.startTimeTicks}`;
    case 'problem':
      return `${event.problem.pid} ${event.problem.code}`;
  }
}

/** Notices of a process that may not be read, as one that is described. */
function refused(pid: number): ProblemError {
  return new ProblemError({ pid, code: 'permission-denied', message: 'permission denied' });
}

function tick(follower: Follower<Sample>): string[] {
  return [...follower.tick()].map(words);
}

describe('a described process that cannot be read', () => {
  test('is reported once, and again if another process gets its number', () => {
    let pids: readonly number[] = [7];
    const request = {
      targets: () => ({ pids, problems: [] }),
      ...{ listed: new Set<number>(), isDescribed: true },
    };
    const follower = new Follower<Sample>(request, (pid) => {
      throw refused(pid);
    });
    expect(tick(follower)).toEqual(['7 permission-denied']);
    expect(tick(follower)).toEqual([]);
    pids = [];
    expect(tick(follower)).toEqual([]);
    pids = [7];
    expect(tick(follower)).toEqual(['7 permission-denied']);
  });
});

describe('following listed processes', () => {
  beforeEach(() => {
    for (const pid of [7, 8]) root.remove(pid);
    root.add(7, 1001, 100);
  });

  test('reads each at every tick', () => {
    root.add(8, 1002, 200);
    const follower = follow([7, 8]);
    expect(tick(follower)).toEqual(['first 7 of 100', 'first 8 of 200']);
    expect(tick(follower)).toEqual(['again 7 of 100', 'again 8 of 200']);
    expect(follower.isOver).toBe(false);
  });

  test('continues if some cannot be read, and reports if none may be read', () => {
    root.add(8, 1002, 200);
    const failing = new Map<number, ProblemError>();
    const request = {
      targets: () => ({ pids: [7, 8], problems: [] }),
      ...{ listed: new Set([7, 8]), isDescribed: false },
    };
    const follower = new Follower<Sample>(request, (pid) => {
      const error = failing.get(pid);
      if (error !== undefined) throw error;
      return take(pid);
    });
    tick(follower);
    failing.set(7, refused(7));
    failing.set(8, new ProblemError({ pid: 8, code: 'read-error', message: 'EIO' }));
    expect(tick(follower)).toEqual(['7 permission-denied', '8 read-error']);
    expect([follower.isRefused, follower.isOver]).toEqual([false, false]);
    failing.set(8, refused(8));
    expect(tick(follower)).toEqual(['8 permission-denied']);
    expect([follower.isRefused, follower.isOver]).toEqual([true, false]);
    failing.clear();
    expect(tick(follower)).toEqual(['again 7 of 100', 'again 8 of 200']);
    expect(follower.isRefused).toBe(false);
  });

  test('reports the end of one once, and is over with the last', () => {
    const follower = follow([7]);
    tick(follower);
    root.remove(7);
    expect(tick(follower)).toEqual(['ended 7 of 100']);
    expect(follower.isOver).toBe(true);
    expect(tick(follower)).toEqual([]);
  });

  test('treats a zombie as ended', () => {
    const follower = follow([7]);
    tick(follower);
    root.setState(7, 'Z');
    expect(tick(follower)).toEqual(['ended 7 of 100']);
  });

  test('treats one without a command line as ended: it lost its memory a moment earlier', () => {
    const follower = follow([7]);
    tick(follower);
    root.write(7, 'cmdline', '');
    expect(tick(follower)).toEqual(['ended 7 of 100']);
    expect(follower.isOver).toBe(true);
  });

  test('does not follow a process that gets the number of one that ended', () => {
    const follower = follow([7]);
    tick(follower);
    root.add(7, 1002, 300);
    expect(tick(follower)).toEqual(['ended 7 of 100']);
    expect(tick(follower)).toEqual([]);
    expect(follower.isOver).toBe(true);
  });

  test('reports one that does not exist once, and does not wait for it', () => {
    const follower = follow([8, 7]);
    expect(tick(follower)).toEqual(['8 no-such-process', 'first 7 of 100']);
    root.add(8, 1002, 200);
    expect(tick(follower)).toEqual(['again 7 of 100']);
  });

  test('reports one that cannot be read once, until it could be read in between', () => {
    const follower = follow([7]);
    tick(follower);
    root.write(7, 'smaps_rollup', 'nonsense\n');
    expect(tick(follower)).toEqual(['7 malformed']);
    expect(tick(follower)).toEqual([]);
    root.add(7, 1001, 100);
    expect(tick(follower)).toEqual(['again 7 of 100']);
    root.write(7, 'smaps_rollup', 'nonsense\n');
    expect(tick(follower)).toEqual(['7 malformed']);
  });
});

describe('following described processes', () => {
  beforeEach(() => {
    for (const pid of [7, 8]) root.remove(pid);
  });

  test('follows new ones, and is never over', () => {
    let pids: readonly number[] = [];
    const follower = follow([], () => pids);
    expect(tick(follower)).toEqual([]);
    expect([follower.isIdle, follower.isOver]).toEqual([true, false]);
    root.add(7, 1001, 100);
    pids = [7];
    expect(tick(follower)).toEqual(['first 7 of 100']);
    expect(follower.isIdle).toBe(false);
  });

  test('distinguishes processes that have the same number', () => {
    const follower = follow([], () => [7]);
    root.add(7, 1001, 100);
    tick(follower);
    root.add(7, 1001, 300);
    expect(tick(follower)).toEqual(['ended 7 of 100', 'first 7 of 300']);
  });

  test('ends one that no longer matches', () => {
    let pids: readonly number[] = [7];
    const follower = follow([], () => pids);
    root.add(7, 1001, 100);
    tick(follower);
    pids = [];
    expect(tick(follower)).toEqual(['ended 7 of 100']);
  });

  test('ignores one that exits during lookup', () => {
    const follower = follow([], () => [7]);
    expect(tick(follower)).toEqual([]);
  });
});
