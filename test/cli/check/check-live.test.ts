import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeProcRoot } from '../../support/proc/proc-root.ts';
import { endProcessesAfterwards, onlyWith, startShell, until } from '../../support/processes.ts';
import {
  commandFor,
  FIXTURES,
  inTemporaryDirectory,
  NO_SUCH_PID,
  ROOT,
  runCommand,
  tsmap,
} from '../../support/program.ts';
import { startTsmap } from '../../support/running.ts';
import { type Steps, startSteps, startStepsAlone } from '../../support/steps.ts';

endProcessesAfterwards();

const PAGE = 4096;

async function printed(args: readonly string[]) {
  const { stdout, stderr, status } = await tsmap(args);
  return { stdout: stdout.toString('latin1'), stderr, status };
}

const NO_SUCH_PROCESS = `tsmap: ${NO_SUCH_PID}: no such process\n`;

/**
 * Starts a check that keeps running and waits for its first reading, in which a process that does not
 * exist is reported after the others.
 */
async function startCheck(...args: string[]) {
  const check = startTsmap(['check', ...args, NO_SUCH_PID]);
  await until(() => check.printed.stderr.includes('\n'), 'the check reads nothing');
  const ended = check.ended.then(({ stderr, ...end }) => ({
    ...end,
    stderr: stderr.replace(NO_SUCH_PROCESS, ''),
  }));
  return { kill: check.kill, ended };
}

describe('a process whose memory follows a script', () => {
  let steps: Steps;
  beforeAll(async () => {
    steps = await startStepsAlone();
  });

  /** A figure of the process, from a check in JSON. */
  async function figure(id: string): Promise<number> {
    const { stdout } = await printed(['check', `--max-${id}`, '1', '--json', String(steps.pid)]);
    return JSON.parse(stdout).checks[0].value;
  }

  async function statusWith(option: string, limit: number): Promise<number | null> {
    return (await printed(['check', option, String(limit), String(steps.pid)])).status;
  }

  test.each(['rss', 'pss', 'uss', 'size'])(
    'exceeds a limit on %s with one more page',
    async (id) => {
      const before = await figure(id);
      expect(await statusWith(`--max-${id}`, before)).toBe(0);
      const { number } = await steps.area('map 4');
      // For size the guards on either side count as well.
      const pages = id === 'size' ? 3 : 1;
      expect(await figure(id)).toBe(before + pages * PAGE);
      expect(await statusWith(`--max-${id}`, before)).toBe(3);
      expect(await statusWith(`--max-${id}`, before + pages * PAGE - 1)).toBe(3);
      expect(await statusWith(`--max-${id}`, before + pages * PAGE)).toBe(0);
      await steps.say(`unmap ${number}`);
      expect(await statusWith(`--max-${id}`, before)).toBe(0);
    },
  );

  test('exceeds its limit on mappings with one more area', async () => {
    const before = await figure('mappings');
    const { number } = await steps.area('reserve 4');
    expect(await statusWith('--max-mappings', before)).toBe(3);
    await steps.say(`unmap ${number}`);
    expect(await statusWith('--max-mappings', before)).toBe(0);
  });

  test.each([
    ['1024K', '', 42],
    ['1023K', 'rss grew by 1 MiB in 2s, over 1023 KiB', 3],
  ])(
    'that grows by 1 MiB, with a limit of %s on its growth, prints "%s"',
    async (limit, breach, status) => {
      const growing = await startCheck('--max-growth', `rss=${limit}/2s`, String(steps.pid));
      await steps.area('map 1024');
      expect(await growing.ended).toEqual({
        stdout: breach === '' ? '' : `tsmap: ${steps.pid} (steps): ${breach}\n`,
        stderr: '',
        status,
        signal: null,
      });
    },
  );

  test('is waited for until it exceeds its limit', async () => {
    const limit = await figure('rss');
    const args = ['--wait', '--interval', '50ms', '--max-rss', `${limit}B`, String(steps.pid)];
    // Records are exact; text rounds.
    const waiting = await startCheck('--format', 'ndjson', ...args);
    await steps.area('map 4');
    const ended = await waiting.ended;
    expect(ended).toMatchObject({ stderr: '', status: 3, signal: null });
    const record = JSON.parse(ended.stdout);
    expect(record).toMatchObject({ value: limit + PAGE, max: limit, exceeded: true });
  });

  test('is waited for until the timeout if it stays within its limit', async () => {
    const args = ['--wait', '--timeout', '300ms', '--max-rss', '1G', String(steps.pid)];
    const startMs = performance.now();
    expect(await printed(['check', ...args])).toMatchObject({ stdout: '', stderr: '', status: 0 });
    expect(performance.now() - startMs).toBeGreaterThan(300);
  });
});

describe('a check that waits', () => {
  const patient = ['--wait', '--interval', '50ms', '--max-rss', '1G'];

  test('ends with 42 when the process is killed', async () => {
    const steps = await startSteps();
    const waiting = await startCheck(...patient, String(steps.pid));
    await steps.end();
    expect(await waiting.ended).toEqual({
      stdout: '',
      stderr: `tsmap: ${steps.pid}: no such process (it ended)\n`,
      status: 42,
      signal: null,
    });
  });

  test('ends with 42 when a process and all its children are gone', async () => {
    const steps = await startSteps();
    const waiting = await startCheck(...patient, '--children', String(steps.pid));
    await steps.end();
    expect(await waiting.ended).toMatchObject({ status: 42 });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'dies of %s: status 0 would mean that all is well',
    async (name) => {
      const steps = await startSteps();
      const waiting = await startCheck(...patient, String(steps.pid));
      waiting.kill(name);
      expect(await waiting.ended).toEqual({ stdout: '', stderr: '', status: null, signal: name });
    },
  );

  test('does not take a new process with the same id for the old one', async () => {
    const root = makeProcRoot();
    root.add(7, 1001, 100);
    const waiting = await startCheck(...patient, '--proc-root', root.path, '7');
    root.write(
      7,
      'stat',
      readFileSync(join(ROOT, FIXTURES, '1002/stat'), 'latin1').replace(/^\d+/, '7'),
    );
    const outcome = await waiting.ended;
    root.cleanUp();
    expect(outcome).toMatchObject({
      stdout: '',
      stderr: 'tsmap: 7: no such process (it ended)\n',
      status: 42,
    });
  });

  test('waits for a process with a name to start, and says so', async () => {
    const root = makeProcRoot();
    const args = ['--wait', '--interval', '50ms', '--max-rss', '1K', '--name', 'sleep'];
    const waiting = startTsmap(['check', ...args, '--proc-root', root.path]);
    await until(() => waiting.printed.stderr.endsWith('\n'), 'it does not say that it waits');
    root.add(7, 1001);
    const outcome = await waiting.ended;
    root.cleanUp();
    expect(outcome).toEqual({
      stdout: 'tsmap: 7 (sleep): rss 1.4 MiB is over 1 KiB\n',
      stderr: 'tsmap: no process matches yet, waiting for one\n',
      status: 3,
      signal: null,
    });
  });
});

const hasStrace = onlyWith('strace', 'what a check opens');

describe.runIf(hasStrace)('a check opens', () => {
  test.each([
    [
      ['--max-rss', '1G', '--max-pss', '1G', '--max-uss', '1G', '--max-swap', '1G'],
      ['smaps_rollup'],
    ],
    [['--max-size', '1T', '--max-mappings', '60000'], ['maps']],
    [
      ['--max-rss', '1G', '--max-mappings', '60000'],
      ['maps', 'smaps_rollup'],
    ],
    [
      ['--max-growth', 'rss=1G/10ms'],
      ['smaps_rollup', 'smaps_rollup'],
    ],
  ])('with %j of maps no more than %j', async (limits, files) => {
    const shell = await startShell();
    const opened = await inTemporaryDirectory(async (directory) => {
      const log = join(directory, 'log');
      const { status } = await runCommand([
        ...['strace', '-f', '-qq', '-o', log, '-e', 'trace=open,openat'],
        ...commandFor(['check', ...limits, String(shell.pid)]),
      ]);
      expect(status).toBe(0);
      const calls = readFileSync(log, 'latin1');
      return [...calls.matchAll(new RegExp(`"/proc/${shell.pid}/([^"]*)"`, 'g'))];
    });
    await shell.end();
    const maps = opened.map(([, file = '']) => file).filter((file) => /maps/.test(file));
    expect(maps.sort()).toEqual(files);
  });
});
