import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { withHook } from '../../support/hooked-runs.ts';
import {
  endProcessesAfterwards,
  onlyWith,
  type Subject,
  startSleep,
  stateOf,
  until,
} from '../../support/processes.ts';
import { commandFor, onlyUnderNode, runCommand } from '../../support/program.ts';
import { startSteps } from '../../support/steps.ts';
import { openTerminal, type Terminal } from '../../support/system/tmux.ts';

endProcessesAfterwards();
const hasTmux = onlyWith('tmux', 'a watch on a terminal');

const BEFORE = 'what was on the screen before';
const isLive = (lines: readonly string[]) => lines[0]?.startsWith('tsmap watch ') === true;
const has = (text: string) => (lines: readonly string[]) =>
  lines.some((line) => line.includes(text));

type Flags = ReturnType<Terminal['flags']>;
const FULL_SCREEN: Flags = { isAlternate: true, hasCursor: false };
const LINE_BY_LINE: Flags = { isAlternate: false, hasCursor: true };

/** Waits until the terminal is in this state: tmux may not have drawn yet what a watch has written. */
async function expectFlags(terminal: Terminal, { isAlternate, hasCursor }: Flags): Promise<void> {
  const isSo = () => {
    const flags = terminal.flags();
    return flags.isAlternate === isAlternate && flags.hasCursor === hasCursor;
  };
  await until(isSo, `not so: alternate screen ${isAlternate}, cursor ${hasCursor}`);
}

/** Types a watch into a shell, which keeps its exit status and the settings of the terminal before and after. */
async function startWatch(terminal: Terminal, args: readonly string[], env = 'LC_ALL=C.UTF-8') {
  const command = commandFor(['watch', ...args]).join(' ');
  const line = `echo '${BEFORE}'; B=$(stty -g); ${env} ${command}; S=$?; A=$(stty -g)`;
  terminal.type(line, 'Enter');
  const lines = await terminal.until(isLive, 'no frame');
  await expectFlags(terminal, FULL_SCREEN);
  return lines;
}

/** Checks that the terminal is as it was before the watch, and returns what stays on the screen. */
async function expectRestored(terminal: Terminal, status: number): Promise<string[]> {
  await until(() => !terminal.flags().isAlternate, 'the alternate screen stays');
  terminal.type('clear; echo "status=$S"; [ "$A" = "$B" ] && echo "same settings"', 'Enter');
  const lines = await terminal.until(
    (all) => all.includes('same settings'),
    'other settings of the terminal',
  );
  expect(lines).toContain(`status=${status}`);
  expect(terminal.flags()).toEqual(LINE_BY_LINE);
  return lines;
}

/** Finds the watch of a process in a terminal; returns its process id. */
function watcherOf(pid: number): number {
  const pattern = `tsmap(\\.cjs)? watch ${pid} `;
  const found = execFileSync('pgrep', ['-f', pattern], { encoding: 'utf8' }).trim().split('\n');
  expect(found).toHaveLength(1);
  return Number(found[0]);
}

async function session(
  args: readonly string[],
  use: (terminal: Terminal, subject: Subject) => Promise<void>,
): Promise<void> {
  const subject = await startSleep();
  const terminal = await openTerminal(80, 24);
  await startWatch(terminal, [String(subject.pid), '--interval', '300ms', ...args]);
  await use(terminal, subject);
  terminal.close();
  await subject.end();
}

describe.runIf(hasTmux)('a watch on a terminal', () => {
  test('shows figures and steps, sorts, pauses, shows movers, fits any size, and ends at q', async () => {
    const steps = await startSteps();
    const terminal = await openTerminal(80, 24);
    await startWatch(terminal, [String(steps.pid), '--interval', '300ms']);
    const lines = await terminal.until(has('1 process'), 'no reading');
    expect(lines[0]).toMatch(
      /^tsmap watch {2}\d\d:\d\d:\d\d {2}every 300ms {2}\d+ readings? {2}1 process {2}KiB$/,
    );
    expect(lines[2]).toMatch(/^ +Now +Change +Peak +Mean +KiB\/min +Over time$/);
    expect(lines[3]).toBe(`${steps.pid} steps`);
    expect(lines[4]).toMatch(/^ {2}RSS +\d+ /);
    expect(lines[7]).toMatch(/^ {2}Swap +0 /);
    expect(lines[23]).toBe('q quit  space pause  s sort: rss  m show: total');

    await steps.say('heap 8192');
    await terminal.until(has('+8192'), 'the step is not seen');
    await terminal.until((now) => /█/.test(now[4] ?? ''), 'no sparkline');

    terminal.type('s');
    await terminal.until(has('s sort: pss'), 's does nothing');
    terminal.type('m');
    await terminal.until(has('m show: kind'), 'm does nothing');
    await terminal.until(has('heap'), 'no kinds');
    terminal.type('m');
    await terminal.until(has('[heap]'), 'no mappings');

    terminal.type('Space');
    const paused = await terminal.until(has('paused'), 'it does not pause');
    await steps.say('map 4096');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(terminal.screen()).toEqual(paused);
    terminal.type('Space');
    await terminal.until((now) => !has('paused')(now), 'it does not go on');

    for (const [columns, rows] of [
      [120, 40],
      [40, 10],
      [20, 5],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows);
      const isFitted = (now: readonly string[]) => {
        const isFull = columns >= 60 ? has('s sort: pss') : has('q quit');
        return isFull([now[rows - 1] ?? '']) && isLive(now);
      };
      const fitted = await terminal.until(isFitted, `not fitted to ${columns}x${rows}`);
      expect(fitted).toHaveLength(rows);
    }
    terminal.type('q');
    await terminal.until(has('Per minute'), 'no last line');
    const last = terminal.screen().filter((line) => line.includes(`${steps.pid} `));
    expect(last.at(-1)).toMatch(/ watched \d+s +steps$/);
    await expectRestored(terminal, 0);
    terminal.close();
    await steps.end();
  });

  test('ends at Ctrl-C', async () => {
    await session([], async (terminal) => {
      terminal.type('C-c');
      await expectRestored(terminal, 0);
    });
  });

  test('ends with the process', async () => {
    await session([], async (terminal, subject) => {
      await subject.end();
      await terminal.until(has('ended'), 'no last line');
      await expectRestored(terminal, 0);
    });
  });

  test.each([
    { signal: 'SIGTERM', status: 143 },
    { signal: 'SIGHUP', status: 129 },
    { signal: 'SIGINT', status: 0 },
  ] as const)('gives the terminal back after $signal', async ({ signal, status }) => {
    await session([], async (terminal, { pid }) => {
      process.kill(watcherOf(pid), signal);
      await expectRestored(terminal, status);
    });
  });

  test('gives the terminal back when Ctrl-\\ ends it, a signal if keys are not read', async () => {
    await session(['<', '/dev/null'], async (terminal) => {
      terminal.type('C-\\');
      await expectRestored(terminal, 131);
    });
  });

  const canThrow = onlyUnderNode(
    'an uncaught error during a watch on a terminal',
    'the hook that throws it is for Node',
  );
  test.runIf(canThrow)(
    'gives the terminal back after an uncaught error, and shows it',
    async () => {
      const { pid } = await startSleep();
      const terminal = await openTerminal(80, 24);
      const env = `LC_ALL=C.UTF-8 NODE_OPTIONS='${withHook('throw-on-signal.cjs').NODE_OPTIONS}'`;
      await startWatch(terminal, [String(pid), '--interval', '300ms'], env);
      process.kill(watcherOf(pid), 'SIGUSR2');
      await terminal.until(has('thrown by a test'), 'the error is not shown');
      await expectRestored(terminal, 1);
      terminal.close();
    },
  );

  test('stops with Ctrl-Z and goes on with fg', async () => {
    await session([], async (terminal, { pid }) => {
      const watcher = watcherOf(pid);
      terminal.type('C-z');
      await until(() => stateOf(watcher) === 'T', 'it does not stop');
      await terminal.until((lines) => !isLive(lines), 'the screen is not given back');
      await expectFlags(terminal, LINE_BY_LINE);
      terminal.type('fg', 'Enter');
      await terminal.until(isLive, 'it does not come back');
      await expectFlags(terminal, FULL_SCREEN);
      terminal.type('q');
      await expectFlags(terminal, LINE_BY_LINE);
    });
  });

  test('runs without keys if stdin is not a terminal', async () => {
    await session(['<', '/dev/null'], async (terminal) => {
      const lines = await terminal.until(has('Ctrl-C quit'), 'it does not say so');
      await terminal.until((now) => now[0] !== lines[0], 'it is not redrawn');
      terminal.type('C-c');
      await expectRestored(terminal, 0);
    });
  });

  test('draws with ASCII if the locale is not UTF-8, and without colour with NO_COLOR', async () => {
    const subject = await startSleep();
    const terminal = await openTerminal(80, 24);
    const args = [String(subject.pid), '--interval', '300ms'];
    await startWatch(terminal, args, 'LC_ALL=C NO_COLOR=1');
    const lines = await terminal.until(has('(+-'), 'no slope');
    expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
    terminal.type('q');
    await expectRestored(terminal, 0);
    terminal.close();
  });

  test('writes rows with --plain, and on a terminal that cannot move the cursor', async () => {
    const { pid } = await startSleep();
    const terminal = await openTerminal(100, 24);
    const command = commandFor(['watch', String(pid), '--count', '1']).join(' ');
    terminal.type(`${command} --plain; TERM=dumb ${command}`, 'Enter');
    const isTwice = (lines: readonly string[]) =>
      lines.filter((line) => line.startsWith('# ')).length === 2;
    await terminal.until(isTwice, 'no rows');
    expect(terminal.flags().isAlternate).toBe(false);
    terminal.close();
  });
});

/** Runs its arguments on a terminal that goes away after the first output; prints the signal of its end. */
const LOSE_TERMINAL = `
import os, pty, signal, sys
pid, master = pty.fork()
if pid == 0:
    if sys.argv[1] == 'ignored':
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.execvp(sys.argv[2], sys.argv[2:])
os.read(master, 4096)
os.close(master)
_, status = os.waitpid(pid, 0)
print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else f'status {os.WEXITSTATUS(status)}')
`;

describe('a terminal that goes away', () => {
  test.each([
    ['default', []],
    ['default', ['--plain']],
    ['ignored', []],
    ['ignored', ['--plain']],
  ])('ends a watch with SIGHUP (%s) %j', async (hangup, options) => {
    const { pid } = await startSleep();
    const words = ['watch', String(pid), '--interval', '100ms', ...options];
    const command = ['python3', '-c', LOSE_TERMINAL, hangup, ...commandFor(words)];
    const { stdout, stderr } = await runCommand(command, { env: { TERM: 'xterm' } });
    expect({ stdout: stdout.toString(), stderr }).toEqual({ stdout: '1\n', stderr: '' });
  });
});
