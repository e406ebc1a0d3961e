import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { childrenOf } from '../../../../src/proc/process/children.ts';
import { until } from '../../../support/processes.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';

/** Lines of stat: pid, ppid, and the start time, field 22. */
function rootWith(
  processes: readonly (readonly [pid: number, ppid: number, start: number])[],
  use: (root: string) => void,
): Promise<void> {
  return inTemporaryDirectory((root) => {
    mkdirSync(join(root, 'self'));
    for (const [pid, ppid, start] of processes) {
      mkdirSync(join(root, String(pid)));
      const between = Array.from({ length: 17 }, () => '0').join(' ');
      writeFileSync(
        join(root, `${pid}/stat`),
        `${pid} (a) b (${pid}) S ${ppid} ${between} ${start} 0\n`,
      );
    }
    use(root);
  });
}

describe('the tree below a process', () => {
  const TREE = [
    [1, 0, 0],
    [10, 1, 5],
    [11, 10, 6],
    [12, 10, 6],
    [13, 11, 7],
    [9, 13, 8],
    [20, 1, 5],
    [21, 20, 9],
  ] as const;

  test.each([
    [[10], [10, 11, 12, 13, 9]],
    [[13], [13, 9]],
    [[9], [9]],
    [
      [20, 11],
      [20, 11, 21, 13, 9],
    ],
    [
      [11, 10],
      [11, 10, 13, 12, 9],
    ],
    [
      [10, 10],
      [10, 11, 12, 13, 9],
    ],
    [[99], [99]],
    [[], []],
  ])('of %j is %j', (pids, expected) =>
    rootWith(TREE, (root) => expect(childrenOf(root, pids)).toEqual(expected)),
  );

  test('ends if processes are each other’s parents', () =>
    rootWith(
      [
        [5, 6, 1],
        [6, 7, 1],
        [7, 5, 1],
        [8, 8, 1],
      ],
      (root) => {
        expect(childrenOf(root, [5])).toEqual([5, 7, 6]);
        expect(childrenOf(root, [8])).toEqual([8]);
      },
    ));

  test('leaves out a child that is older than the process with its parent’s id', () =>
    rootWith(
      [
        [5, 1, 100],
        [6, 5, 99],
        [7, 5, 100],
      ],
      (root) => expect(childrenOf(root, [5])).toEqual([5, 7]),
    ));

  test('leaves out processes that ended and lines that are not those of stat', () =>
    rootWith(
      [
        [5, 1, 1],
        [6, 5, 1],
      ],
      (root) => {
        mkdirSync(join(root, '70'));
        mkdirSync(join(root, '71'));
        writeFileSync(join(root, '71/stat'), 'what');
        expect(childrenOf(root, [5])).toEqual([5, 6]);
      },
    ));

  test('equals what pgrep -P finds step by step', async () => {
    const script = 'sh -c "sleep 1000 & sleep 1000 & wait" & sh -c "sleep 1000 & wait" & wait';
    const shell = spawn('sh', ['-c', script], { stdio: 'ignore', detached: true });
    const pid = shell.pid ?? 0;
    try {
      await until(() => pgrepTree([pid]).length === 6, 'the shells do not start');
      const ascending = (pids: readonly number[]) => [...pids].sort((a, b) => a - b);
      expect(ascending(childrenOf('/proc', [pid]))).toEqual(ascending(pgrepTree([pid])));
    } finally {
      process.kill(-pid, 'SIGKILL');
    }
  });
});

/** The tree that the real pgrep finds, generation by generation. */
function pgrepTree(pids: readonly number[]): number[] {
  if (pids.length === 0) return [];
  const script = `pgrep -P ${pids.join(',')} || true`;
  const children = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  return [...pids, ...pgrepTree(children.split('\n').filter(Boolean).map(Number))];
}
