import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { FieldSlots } from '../../../src/model/fields.ts';
import type { Clock } from '../../../src/sources/clock.ts';
import { sampleTwice } from '../../../src/verbs/diff/sides/sample-twice.ts';
import { makeProcRoot } from '../../support/proc/proc-root.ts';
import { endProcessesAfterwards, until } from '../../support/processes.ts';
import { tsmap } from '../../support/program.ts';
import { startTsmap } from '../../support/running.ts';
import { type Steps, startSteps } from '../../support/steps.ts';
import { temporaryFiles } from '../../support/text/smaps-lines.ts';

const KIB = 1024;
const file = temporaryFiles();
let steps: Steps;

endProcessesAfterwards();
beforeAll(async () => {
  steps = await startSteps();
});

/** The rows of a comparison: status, name, and change in KiB. */
async function rowsOf(args: readonly string[], column = 'rss') {
  const all = ['diff', '--columns', column, '--format', 'ndjson', ...args];
  const { stdout, stderr, status } = await tsmap(all);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const lines = stdout.toString().split('\n').slice(0, -1);
  return lines.map((line) => {
    const row = JSON.parse(line);
    return [row.status, row.name, row[`${column}_change_bytes`] / KIB];
  });
}

/** Compares the process before and after a command; returns the rows, and the number of a new area. */
async function changedBy(command: string, column = 'rss') {
  const saved = file('before.smaps', readFileSync(`/proc/${steps.pid}/smaps`));
  const answer = await steps.say(command);
  return { rows: await rowsOf([saved, String(steps.pid)], column), area: answer.split(' ')[1] };
}

describe('diff shows each step of a process to the page:', () => {
  const mapped = join(tmpdir(), `tsmap-diff-${process.pid}`);
  let area = '';
  let reserved = '';

  const table: readonly (readonly [string, () => string, unknown[][]])[] = [
    ['an area that is mapped', () => 'map 2048', [['appeared', '[anon]', 2048]]],
    ['an area that is only reserved', () => 'reserve 8192', []],
    ['memory that is touched', () => `touch ${reserved} 4100`, [['grew', '[anon]', 4100]]],
    ['memory that is given back', () => `drop ${reserved} 1028`, [['shrank', '[anon]', -1028]]],
    ['the first of a heap', () => 'heap 1024', [['appeared', '[heap]', 1024]]],
    ['a heap that grows', () => 'heap 516', [['grew', '[heap]', 516]]],
    ['a heap that shrinks', () => 'heap -260', [['shrank', '[heap]', -260]]],
    [
      'a file that is mapped',
      () => `file ${mapped} 256`,
      [['appeared', `${mapped} (deleted)`, 256]],
    ],
    ['an area that is unmapped', () => `unmap ${area}`, [['went', '[anon]', -2048]]],
  ];

  test.each(table)('%s', async (_, command, rows) => {
    const changed = await changedBy(command());
    expect(changed.rows).toEqual(rows);
    if (command() === 'map 2048') area = changed.area ?? '';
    if (command() === 'reserve 8192') reserved = changed.area ?? '';
  });

  test('reserved addresses, with a guard on either side', async () => {
    const { rows } = await changedBy('reserve 64', 'size');
    expect(rows[0]).toEqual(['appeared', '[anon]', 64]);
    // The kernel may merge a guard with the one of the area beside it.
    expect(rows.reduce((sum, [, , change]) => sum + change, 0)).toBe(64 + 8);
  });
});

describe('two samples of one process', () => {
  /** A clock on which each sleep takes no time, but first does something. */
  function clockThat(does: () => Promise<unknown>): Clock {
    let nowMs = 0;
    return {
      monotonicMs: () => nowMs,
      epochMs: () => 1_700_000_000_000 + nowMs,
      sleep: async (durationMs) => {
        await does();
        nowMs += durationMs;
      },
    };
  }
  const signal = new AbortController().signal;
  const slots = new FieldSlots();
  const common = { afterMs: 30_000, slots, signal, onProblem: () => undefined };

  test('are as far apart as asked, and the second has the change', async () => {
    const clock = clockThat(() => steps.say('map 512'));
    const [before, after] = await sampleTwice({ ...common, root: '/proc', pid: steps.pid, clock });
    expect(after.takenAtMs - before.takenAtMs).toBe(30_000);
    expect(after.rows.length).toBeGreaterThan(before.rows.length);
  });

  const problemOf = async (root: string, pid: number, clock: Clock) =>
    sampleTwice({ ...common, root, pid, clock }).then(
      () => undefined,
      (error) => error.problem,
    );
  const ended = {
    code: 'no-such-process',
    message: 'ended before the second sample, so there is nothing to compare',
  };

  test('are impossible if the process ends in between', async () => {
    const other = await startSteps();
    const problem = await problemOf('/proc', other.pid, clockThat(other.end));
    expect(problem).toEqual({ pid: other.pid, ...ended });
  });

  test('are impossible if another process has its id then', async () => {
    const root = makeProcRoot();
    root.add(7, 1001, 1000);
    const clock = clockThat(async () => root.add(7, 1001, 2000));
    expect(await problemOf(root.path, 7, clock)).toEqual({ pid: 7, ...ended });
    root.cleanUp();
  });

  test('are taken by --after', async () => {
    expect(await rowsOf([String(steps.pid), '--after', '10ms'])).toEqual([]);
  });

  test.each([
    ['SIGINT', { status: 0, signal: null }],
    ['SIGTERM', { status: null, signal: 'SIGTERM' }],
  ] as const)('are shown at once on %s', async (name, end) => {
    const diff = startTsmap(['diff', String(steps.pid), '--after', '1h']);
    await until(() => listensForHangup(diff.pid), 'it does not listen for signals');
    diff.kill(name);
    const { stdout, ...ended } = await diff.ended;
    expect(ended).toEqual({ ...end, stderr: '' });
    expect(stdout).toMatch(/^\d+: {3}\S*steps\nbefore: .*\nafter: .*\n(.*\n)+.* after\n$/);
  });
});

/** Whether a program catches SIGHUP, the last of the signals for which it installs a handler. */
function listensForHangup(pid: number): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const caught = /^SigCgt:\t([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return (BigInt(`0x${caught}`) & 1n) === 1n;
}

describe('two runs of a program', () => {
  test('have the same libraries at other addresses, paired one by one', async () => {
    const other = await startSteps();
    const args = ['diff', '--format', 'ndjson', '--unchanged', '--columns', 'size'];
    const { stdout } = await tsmap([...args, String(steps.pid), String(other.pid)]);
    await other.end();
    const rows = stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const libraries = rows.filter(({ name }) => /\.so|steps/.test(name));
    expect(libraries.length).toBeGreaterThan(8);
    for (const row of libraries) {
      expect(row).toMatchObject({ status: 'moved', size_change_bytes: 0 });
      expect(row.start_before).not.toBe(row.start_after);
    }
    const stack = rows.filter(({ name }) => name === '[stack]');
    expect(stack).toHaveLength(1);
    expect(stack[0]).toHaveProperty('start_before');
  });

  test('are both named', async () => {
    const other = await startSteps();
    const { stdout } = await tsmap(['diff', String(steps.pid), String(other.pid)]);
    await other.end();
    const [first, second] = stdout.toString().split('\n');
    expect([first, second].map((line) => line?.split(':')[0])).toEqual([
      String(steps.pid),
      String(other.pid),
    ]);
  });
});
