import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from 'vitest';
import { writeProcess } from '../../support/proc/fake-process.ts';
import { endProcessesAfterwards, hasCommand, startSleep, until } from '../../support/processes.ts';
import {
  cleanEnvironment,
  commandFor,
  FIXTURES,
  inTemporaryDirectory,
  ROOT,
  runCommand,
  tsmap,
} from '../../support/program.ts';
import { startSteps } from '../../support/steps.ts';

endProcessesAfterwards();

const MISSING = '2147483647';

type Row = Readonly<Record<string, number | string | undefined>> & {
  readonly movers?: readonly Readonly<Record<string, number | string>>[];
};

const watches = new Set<ChildProcess>();
afterAll(() => {
  for (const child of watches) child.kill('SIGKILL');
});

/** A watch that runs, read line by line as it writes. */
function startWatch(args: readonly string[]) {
  const [command = '', ...rest] = commandFor(['watch', ...args]);
  const child: ChildProcess = spawn(command, rest, {
    cwd: ROOT,
    env: cleanEnvironment({ TZ: 'UTC' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  watches.add(child);
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const closed = new Promise<{ status: number | null; signal: string | null; stderr: string }>(
    (resolve) => child.on('close', (status, signal) => resolve({ status, signal, stderr })),
  );
  const stdout = child.stdout;
  if (stdout === null) throw new Error('no pipe');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the watch ended: ${stderr}`);
    return value;
  };
  return {
    child,
    closed,
    stderr: () => stderr,
    next,
    nextRow: async () => JSON.parse(await next()) as Row,
    rest: async () => {
      const all: string[] = [];
      for (let one = await lines.next(); !one.done; one = await lines.next()) all.push(one.value);
      return all;
    },
  };
}

/** A machine that is busy misses ticks of a short interval. */
const withoutMissed = (stderr: string) =>
  stderr.replace(/^tsmap: \d+ ticks? w.* missed: .*\n/gm, '');

const rowsOf = (stdout: Buffer) =>
  stdout
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

describe('a watch of a process that follows a script', () => {
  test('sees each step at the next row, to the page, and its end', async () => {
    const steps = await startSteps();
    const watch = startWatch([String(steps.pid), '--interval', '100ms', '--json']);
    const settled = async (): Promise<Row> => {
      // A reading that was under way when the step was done does not have it yet.
      await watch.nextRow();
      return watch.nextRow();
    };
    let before = await settled();
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
      const after = await settled();
      expect({ command, rss: Number(after['rss_bytes']) - Number(before['rss_bytes']) }).toEqual({
        command,
        rss: kib * 1024,
      });
      expect(Number(after['uss_bytes']) - Number(before['uss_bytes'])).toBe(kib * 1024);
      before = after;
    }
    await steps.end();
    const last = JSON.parse((await watch.rest()).at(-1) ?? '') as Row;
    expect(last).toMatchObject({ event: 'ended', pid: steps.pid, comm: 'steps' });
    const heldKib = 4096 - 1024 + 512 + 640 - 3584 + 4;
    expect(last['rss_change_bytes']).toBe(heldKib * 1024);
    const { status, stderr } = await watch.closed;
    expect({ status, stderr: withoutMissed(stderr) }).toEqual({ status: 0, stderr: '' });
  });

  test('shows what moved, by kind and by mapping', async () => {
    const steps = await startSteps();
    for (const { by, mover } of [
      { by: 'kind', mover: { kind: 'heap', rss_change_bytes: 2 ** 20 } },
      { by: 'mapping', mover: { name: '[heap]', rss_change_bytes: 2 ** 20 } },
    ]) {
      const args = ['--interval', '300ms', '--count', '3', '--json', '--by', by, '--top', '1'];
      const watch = startWatch([String(steps.pid), ...args]);
      const first = await watch.nextRow();
      expect(first.movers).toEqual([]);
      await steps.say('heap 1024');
      const second = await watch.nextRow();
      expect(second['rss_change_bytes']).toBe(2 ** 20);
      expect(second.movers).toMatchObject([mover]);
      await watch.closed;
    }
    await steps.end();
  });
});

describe('ticks', () => {
  test('come at their distance and do not drift', async () => {
    const { pid } = await startSleep();
    const args = ['watch', String(pid), '--interval', '200ms', '--count', '5', '--json'];
    const { stdout, stderr, status } = await tsmap(args);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const rows = rowsOf(stdout);
    expect(rows.map(({ event }) => event)).toEqual([...Array(5).fill('reading'), 'stopped']);
    const times = rows.slice(0, 5).map((row) => Date.parse(String(row['taken_at'])));
    const offsets = times.map((time, i) => time - (times[0] ?? 0) - i * 200);
    // Each is late by what its reading waits for, none by what those before it did.
    for (const offset of offsets) expect(Math.abs(offset)).toBeLessThan(150);
  });

  test('that were missed are reported on stderr and counted in the row', async () => {
    const { pid } = await startSleep();
    const watch = startWatch([String(pid), '--interval', '100ms', '--json']);
    await watch.nextRow();
    watch.child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 600));
    watch.child.kill('SIGCONT');
    let missed = 0;
    while (missed === 0) missed = Number((await watch.nextRow())['missed_ticks']);
    expect(missed).toBeGreaterThanOrEqual(3);
    watch.child.kill('SIGINT');
    const { status, stderr } = await watch.closed;
    expect(status).toBe(0);
    expect(stderr).toMatch(/^tsmap: \d+ ticks? (was|were) missed: [a-z ]+ (\d+ms|\d\.\ds)\n/);
  });
});

describe('processes that come', () => {
  test('is waited for, said once; when none came that is no such process', async () => {
    const watch = startWatch(['--name', 'no-process-has-this']);
    await until(() => watch.stderr().endsWith('\n'), 'it does not say that it waits');
    watch.child.kill('SIGINT');
    expect(await watch.closed).toEqual({
      status: 42,
      signal: null,
      stderr: 'tsmap: no process matches yet, waiting for one\ntsmap: no process matches\n',
    });
  });

  test('by name and as children join, and one that ends is reported', async () => {
    await inTemporaryDirectory(async (root) => {
      const process = { pid: 7, comm: 'server', startTimeTicks: 1, rssKib: 100 };
      writeProcess(root, process);
      const args = ['--proc-root', root, '--name', '^server$', '--interval', '100ms', '--json'];
      const watch = startWatch(args);
      expect(await watch.nextRow()).toMatchObject({ pid: 7 });
      writeProcess(root, { ...process, pid: 8, rssKib: 50 });
      let row = await watch.nextRow();
      while (row['pid'] !== 8) row = await watch.nextRow();
      expect(row).toMatchObject({ rss_bytes: 51_200 });
      expect(row).not.toHaveProperty('rss_change_bytes');
      // Another process with the number of the first.
      writeProcess(root, { ...process, startTimeTicks: 9, rssKib: 9000 });
      while (row['event'] !== 'ended') row = await watch.nextRow();
      expect(row).toMatchObject({ pid: 7, rss_peak_bytes: 102_400, rss_change_bytes: 0 });
      while (row['pid'] !== 7 || row['event'] !== 'reading') row = await watch.nextRow();
      expect(row).toMatchObject({ rss_bytes: 9_216_000 });
      expect(row).not.toHaveProperty('rss_change_bytes');
      watch.child.kill('SIGINT');
      const events = (await watch.rest()).map((line) => (JSON.parse(line) as Row)['event']);
      expect(events.slice(-2)).toEqual(['stopped', 'stopped']);
      const { status, stderr } = await watch.closed;
      expect({ status, stderr: withoutMissed(stderr) }).toEqual({ status: 0, stderr: '' });
    });
  });

  test('as children of a listed one end the watch with it', async () => {
    const shell = spawn('sh', ['-c', 'sleep 0.4; sleep 0.4'], { stdio: 'ignore' });
    const args = ['watch', String(shell.pid), '--children', '--interval', '50ms', '--json'];
    const { stdout, status } = await tsmap(args);
    const comms = new Set(rowsOf(stdout).map((row) => row['comm']));
    expect(comms).toContain('sh');
    expect(comms).toContain('sleep');
    expect(rowsOf(stdout).filter(({ event }) => event === 'ended')).not.toEqual([]);
    expect(status).toBe(0);
  });
});

describe('the end', () => {
  test.each([
    { signal: 'SIGINT', how: { status: 0, signal: null } },
    { signal: 'SIGTERM', how: { status: null, signal: 'SIGTERM' } },
    { signal: 'SIGHUP', how: { status: null, signal: 'SIGHUP' } },
  ] as const)('by $signal has the last line', async ({ signal, how }) => {
    const { pid } = await startSleep();
    const watch = startWatch([String(pid), '--interval', '60s']);
    expect(await watch.next()).toMatch(/^ {4}Time {5}PID {5}RSS Change/);
    expect(await watch.next()).toMatch(
      new RegExp(`^\\d\\d:\\d\\d:\\d\\d +${pid} +\\d+ +- .* sleep$`),
    );
    watch.child.kill(signal);
    expect(await watch.rest()).toEqual([
      expect.stringMatching(
        new RegExp(`^# \\d\\d:\\d\\d:\\d\\d ${pid} sleep still running, 1 reading in`),
      ),
    ]);
    expect(await watch.closed).toEqual({ ...how, stderr: '' });
  });

  test('of a reader is the end of the program, without a word', async () => {
    const { pid } = await startSleep();
    const { stderr, status, signal } = await tsmap(['watch', String(pid), '--interval', '50ms'], {
      stdout: 'closed',
    });
    expect({ stderr, status, signal }).toEqual({ stderr: '', status: null, signal: 'SIGPIPE' });
  });

  test('of a reader after the first row as well', async () => {
    const { pid } = await startSleep();
    const [command = '', ...rest] = commandFor(['watch', String(pid), '--interval', '50ms']);
    const script = '("$@"; echo "$?" >&2) | head -n 2';
    const { stdout, stderr } = await runCommand(['sh', '-c', script, 'sh', command, ...rest]);
    expect(stdout.toString().trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toBe('141\n');
  });

  test('of the room on a disk is reported', async () => {
    const { pid } = await startSleep();
    const { stderr, status } = await tsmap(['watch', String(pid)], { stdout: 'full' });
    expect(stderr).toBe('tsmap: write error: No space left on device\n');
    expect(status).toBe(1);
  });
});

describe('formats', () => {
  const AT = ['watch', '--proc-root', FIXTURES, '--interval', '500ms', '--count', '2'];

  test('plain rows can be read by awk, below one heading', async () => {
    const { stdout } = await tsmap([...AT, '1001', '1002']);
    const lines = stdout.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]?.trim().split(/ +/)).toHaveLength(11);
    expect(lines.slice(1, 5).map((line) => line.trim().split(/ +/).slice(1))).toEqual([
      ['1001', '1484', '-', '232', '-', '96', '-', '0', '-', 'sleep'],
      ['1002', '7632', '-', '5897', '-', '5580', '-', '0', '-', 'python3'],
      ['1001', '1484', '0', '232', '0', '96', '0', '0', '0', 'sleep'],
      ['1002', '7632', '0', '5897', '0', '5580', '0', '0', '0', 'python3'],
    ]);
    expect(lines.slice(5).map((line) => line.slice(0, 2))).toEqual(['# ', '# ']);
  });

  test('--quiet leaves the rows alone', async () => {
    const { stdout } = await tsmap([...AT, '-q', '1001']);
    expect(stdout.toString().match(/^\d\d:.*$/gm)).toHaveLength(2);
    expect(stdout.toString().split('\n')).toHaveLength(3);
  });

  test.each([
    { options: ['--bytes'], size: '1519616' },
    { options: ['--human'], size: '1.4 MiB' },
  ])('$options', async ({ options, size }) => {
    const { stdout } = await tsmap([...AT, ...options, '1001']);
    expect(stdout.toString()).toContain(` ${size} `);
  });

  test('json has times, sizes in bytes, changes from the second row on', async () => {
    const { stdout } = await tsmap([...AT, '--json', '1001']);
    const [first, second, last] = rowsOf(stdout);
    const sizes = { rss_bytes: 1_519_616, pss_bytes: 237_568, uss_bytes: 98_304, swap_bytes: 0 };
    const taken_at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(first).toEqual({
      event: 'reading',
      taken_at,
      pid: 1001,
      comm: 'sleep',
      command: '/usr/bin/sleep 600',
      ...sizes,
      missed_ticks: 0,
    });
    expect(second).toMatchObject({ ...sizes, rss_change_bytes: 0, swap_change_bytes: 0 });
    expect(last).toMatchObject({ event: 'stopped', readings: 2, rss_peak_bytes: 1_519_616 });
  });

  test('csv and tsv have one heading and the readings', async () => {
    const who = ['pid', 'comm', 'comm_base64', 'command', 'command_base64'];
    const sizes = ['rss', 'pss', 'uss', 'swap'].map((id) => `${id}_bytes`);
    const changes = ['rss', 'pss', 'uss', 'swap'].map((id) => `${id}_change_bytes`);
    const names = ['event', 'taken_at', ...who, ...sizes, ...changes, 'missed_ticks'];
    for (const [format, delimiter] of [
      ['csv', ','],
      ['tsv', '\t'],
    ] as const) {
      const { stdout } = await tsmap([...AT, '--format', format, '1001']);
      const [heading, first, second, ...rest] = stdout.toString().trimEnd().split('\n');
      expect(heading).toBe(names.join(delimiter));
      const sleep = ['1001', 'sleep', '', '/usr/bin/sleep 600', ''];
      const values = [...sleep, '1519616', '237568', '98304', '0'];
      expect(first?.split(delimiter).slice(2)).toEqual([...values, '', '', '', '', '0']);
      expect(second?.split(delimiter).slice(2)).toEqual([...values, '0', '0', '0', '0', '0']);
      expect(rest).toEqual([]);
    }
  });

  test.skipIf(!hasCommand('jq'))('jq reads the objects one by one', async () => {
    const args = commandFor([...AT, '--json', '1001', '1002']);
    const filter = 'select(.event == "reading") | [.pid, .rss_bytes, .rss_change_bytes]';
    const script = `"$@" | jq -c '${filter}'`;
    const { stdout } = await runCommand(['sh', '-c', script, 'sh', ...args]);
    expect(stdout.toString()).toBe(
      '[1001,1519616,null]\n[1002,7815168,null]\n[1001,1519616,0]\n[1002,7815168,0]\n',
    );
  });
});

describe.skipIf(!hasCommand('strace'))('reading', () => {
  const opened = async (args: readonly string[]) => {
    const { pid } = await startSleep();
    return inTemporaryDirectory(async (directory) => {
      const log = join(directory, 'log');
      const wrapper = ['strace', '-f', '-qq', '-o', log, '-e', 'trace=open,openat'];
      const watch = ['watch', String(pid), '--interval', '50ms', '--count', '3', ...args];
      await tsmap(watch, { wrapper });
      const found = readFileSync(log, 'latin1').matchAll(new RegExp(`"/proc/${pid}/([^"]*)"`, 'g'));
      const files = [...found].map(([, file = '']) => file);
      return Object.fromEntries(
        ['smaps', 'smaps_rollup', 'maps'].map((name) => [
          name,
          files.filter((file) => file === name).length,
        ]),
      );
    });
  };

  test('opens smaps_rollup alone, once each time', async () => {
    expect(await opened([])).toEqual({ smaps: 0, smaps_rollup: 3, maps: 0 });
  });

  test('opens smaps where movers are asked for', async () => {
    expect(await opened(['--by', 'kind'])).toEqual({ smaps: 3, smaps_rollup: 3, maps: 0 });
  });
});

describe('what cannot be watched', () => {
  test.each([
    { args: [MISSING], stderr: `tsmap: ${MISSING}: no such process\n`, status: 42 },
    {
      args: ['--name', 'no-process-has-this', '--until-exit'],
      stderr: 'tsmap: no process matches\n',
      status: 42,
    },
    {
      args: ['--name', 'no-process-has-this', '--count', '1'],
      stderr: 'tsmap: no process matches yet, waiting for one\ntsmap: no process matches\n',
      status: 42,
    },
    { args: ['--children', MISSING], stderr: `tsmap: ${MISSING}: no such process\n`, status: 42 },
  ])('$args', async ({ args, stderr, status }) => {
    const result = await tsmap(['watch', ...args]);
    expect({ stderr: result.stderr, status: result.status }).toEqual({ stderr, status });
    expect(result.stdout.toString()).toBe('');
  });

  test('does not keep the others back', async () => {
    const { pid } = await startSleep();
    const { stdout, stderr, status } = await tsmap(['watch', MISSING, String(pid), '--count', '1']);
    expect(stdout.toString()).toContain(` ${pid} `);
    expect(stderr).toBe(`tsmap: ${MISSING}: no such process\n`);
    expect(status).toBe(42);
  });

  test.each([
    { args: ['1', '--interval', '0'], message: /^--interval: '0' must be longer than 0 \(/ },
    { args: ['1', '--interval', 'soon'], message: /^--interval: 'soon' is not a duration \(/ },
    { args: ['1', '--interval', '-5'], message: /^--interval: '-5' is not a duration \(/ },
    { args: ['1', '--interval'], message: /^option '--interval' requires an argument/ },
    { args: ['1', '--count', '0'], message: /^--count: '0' is not a number of readings/ },
    { args: ['1', '--count', '1.5'], message: /^--count: '1.5' is not a number of readings/ },
    { args: ['1', '--by', 'mode'], message: /^--by: 'mode' is not one of kind, mapping/ },
    { args: ['1', '--top', '0'], message: /^--top: '0' is not a number of rows/ },
    { args: ['1', '--human', '--json'], message: /^--human works with text only/ },
    { args: ['1', '--json', '--format', 'csv'], message: /^--json contradicts --format csv/ },
    { args: ['1', '--from', 'x'], message: /^unrecognized option '--from'/ },
    { args: ['one'], message: /^'one' is not a process id/ },
    { args: [], message: /^argument missing/ },
  ])('because of $args', async ({ args, message }) => {
    const { stdout, stderr, status } = await tsmap(['watch', ...args]);
    expect(stdout.toString()).toBe('');
    expect(stderr.replace(/^tsmap: /, '')).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  });
});
