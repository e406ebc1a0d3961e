import { describe, expect, test } from 'vitest';
import { writeProcess } from '../../support/proc/fake-process.ts';
import { endProcessesAfterwards, startReady, startSleep, until } from '../../support/processes.ts';
import { inTemporaryDirectory, tsmap } from '../../support/program.ts';
import { type Running, startTsmap } from '../../support/running.ts';
import { startSteps, startStepsAlone } from '../../support/steps.ts';
import {
  nextRow,
  nextRowThat,
  rowsUntilNow,
  type WatchRow,
  watchRows,
  withoutMissedTicks,
} from '../../support/verbs/watch-rows.ts';

endProcessesAfterwards();

const startWatch = (...args: readonly string[]) => startTsmap(['watch', ...args, '--json']);

async function endOf(watch: Running) {
  const { status, signal, stderr } = await watch.ended;
  return { status, signal, stderr: withoutMissedTicks(stderr) };
}

const GOOD_END = { status: 0, signal: null, stderr: '' };

describe('a watch of a process that follows a script', () => {
  test('sees each step to the page in the next reading, and the end', async () => {
    const steps = await startStepsAlone();
    const watch = startWatch(String(steps.pid), '--interval', '100ms');
    let before = await nextRow(watch);
    for (const { command, kib } of [
      { command: 'map 4096', kib: 4096 },
      { command: 'drop 0 1024', kib: -1024 },
      { command: 'touch 0 512', kib: 512 },
      { command: 'reserve 999', kib: 0 },
      { command: 'heap 640', kib: 640 },
      { command: 'unmap 0', kib: -3584 },
      { command: 'map 4', kib: 4 },
    ]) {
      await steps.say(command);
      const after = (await rowsUntilNow(watch)).at(-1) ?? {};
      expect({ command, rss: Number(after['rss_bytes']) - Number(before['rss_bytes']) }).toEqual({
        command,
        rss: kib * 1024,
      });
      expect(Number(after['uss_bytes']) - Number(before['uss_bytes'])).toBe(kib * 1024);
      before = after;
    }
    await steps.end();
    const last = JSON.parse((await watch.restOfLines()).at(-1) ?? '') as WatchRow;
    expect(last).toMatchObject({ event: 'ended', pid: steps.pid, comm: 'steps' });
    const heldKib = 4096 - 1024 + 512 + 640 - 3584 + 4;
    expect(last['rss_change_bytes']).toBe(heldKib * 1024);
    expect(await endOf(watch)).toEqual(GOOD_END);
  });

  test.each([
    { by: 'kind', mover: { kind: 'heap' } },
    { by: 'mapping', mover: { name: '[heap]' } },
  ])('shows what moved, by $by', async ({ by, mover }) => {
    const steps = await startSteps();
    const watch = startWatch(String(steps.pid), '--interval', '100ms', '--by', by, '--top', '1');
    expect((await nextRow(watch)).movers).toEqual([]);
    await steps.say('heap 1024');
    const rows = await rowsUntilNow(watch);
    // A reading during the step sees one part of it, the next reading the other.
    const movers = rows.flatMap((row) => row.movers ?? []);
    expect(movers).not.toEqual([]);
    for (const each of movers) expect(each).toMatchObject(mover);
    expect(sumOf(movers, 'rss_change_bytes')).toBe(2 ** 20);
    expect(sumOf(rows, 'rss_change_bytes')).toBe(2 ** 20);
    watch.kill('SIGINT');
    expect(await endOf(watch)).toEqual(GOOD_END);
    await steps.end();
  });
});

function sumOf(records: readonly WatchRow[], member: string): number {
  return records.reduce((sum, record) => sum + Number(record[member]), 0);
}

function msBetween(first: WatchRow | undefined, row: WatchRow): number {
  return Date.parse(String(row['taken_at'])) - Date.parse(String(first?.['taken_at']));
}

describe('ticks', () => {
  // On a busy machine most readings may be late, hence the retries; drift would be there each time.
  test('do not drift, however long the readings take', { retry: 10 }, async () => {
    const { pid } = await startSleep();
    const intervalMs = 40;
    const args = ['watch', String(pid), '--interval', `${intervalMs}ms`, '--count', '60', '--json'];
    const { stdout, status } = await tsmap(args);
    expect(status).toBe(0);
    const rows = watchRows(stdout.toString());
    expect(rows.map(({ event }) => event)).toEqual([...Array(60).fill('reading'), 'stopped']);
    let tick = -1;
    const delaysMs = rows.slice(0, 60).map((row) => {
      tick += 1 + Number(row['missed_ticks']);
      return msBetween(rows[0], row) - tick * intervalMs;
    });
    // With drift, readings would come at any time between two ticks, and half an interval late on average.
    expect(delaysMs.sort((a, b) => a - b)[30]).toBeLessThan(intervalMs / 4);
  });

  test('that were missed are reported on stderr and counted in the row', async () => {
    const { pid } = await startSleep();
    const watch = startWatch(String(pid), '--interval', '100ms');
    await nextRow(watch);
    await watch.whileStopped(() => new Promise((resolve) => setTimeout(resolve, 600)));
    await nextRowThat(watch, (row) => Number(row['missed_ticks']) >= 3);
    watch.kill('SIGINT');
    const { status, stderr } = await watch.ended;
    expect(status).toBe(0);
    expect(stderr).toMatch(/^tsmap: \d+ ticks? (was|were) missed: [a-z ]+ (\d+ms|\d\.\ds)\n/);
  });
});

describe('processes that come', () => {
  test('are waited for, with one message; if none came, the status is 42', async () => {
    const watch = startWatch('--name', 'nobody-has-this');
    await until(() => watch.printed.stderr.endsWith('\n'), 'it does not say that it waits');
    watch.kill('SIGINT');
    expect(await endOf(watch)).toEqual({
      status: 42,
      signal: null,
      stderr: 'tsmap: no process matches yet, waiting for one\ntsmap: no process matches\n',
    });
  });

  test('join by their name, and the end of one is reported', async () => {
    await inTemporaryDirectory(async (root) => {
      const process = { pid: 7, comm: 'server', startTimeTicks: 1, rssKib: 100 };
      writeProcess(root, process);
      const watch = startWatch('--proc-root', root, '--name', '^server$', '--interval', '100ms');
      expect(await nextRow(watch)).toMatchObject({ pid: 7 });
      writeProcess(root, { ...process, pid: 8, rssKib: 50 });
      const joined = await nextRowThat(watch, (row) => row['pid'] === 8);
      expect(joined).toMatchObject({ rss_bytes: 51_200 });
      expect(joined).not.toHaveProperty('rss_change_bytes');
      // Another process with the number of the first.
      writeProcess(root, { ...process, startTimeTicks: 9, rssKib: 9000 });
      const ended = await nextRowThat(watch, (row) => row['event'] === 'ended');
      expect(ended).toMatchObject({ pid: 7, rss_peak_bytes: 102_400, rss_change_bytes: 0 });
      const isReading = (row: WatchRow) => row['pid'] === 7 && row['event'] === 'reading';
      const other = await nextRowThat(watch, isReading);
      expect(other).toMatchObject({ rss_bytes: 9_216_000 });
      expect(other).not.toHaveProperty('rss_change_bytes');
      watch.kill('SIGINT');
      const rest = await watch.restOfLines();
      const events = rest.map((line) => (JSON.parse(line) as WatchRow)['event']);
      expect(events.slice(-2)).toEqual(['stopped', 'stopped']);
      expect(await endOf(watch)).toEqual(GOOD_END);
    });
  });

  test('join as children of a listed process, and the watch ends with that process', async () => {
    const script = 'sleep 1000 & echo ready; wait; sleep 1000; exit 0';
    const { pid } = await startReady('/bin/sh', ['-c', script]);
    const watch = startWatch(String(pid), '--children', '--interval', '50ms');
    const isSleep = ({ comm }: WatchRow) => comm === 'sleep';
    const first = await nextRowThat(watch, isSleep);
    process.kill(Number(first['pid']));
    const isLaterSleep = (row: WatchRow) => isSleep(row) && row['pid'] !== first['pid'];
    const second = await nextRowThat(watch, isLaterSleep);
    process.kill(Number(second['pid']));
    const last = (await watch.restOfLines()).map((line) => JSON.parse(line) as WatchRow);
    expect(last).toContainEqual(expect.objectContaining({ event: 'ended', pid, comm: 'sh' }));
    expect(await endOf(watch)).toEqual(GOOD_END);
  });
});
