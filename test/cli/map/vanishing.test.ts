import { execFileSync, spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  endProcessesAfterwards,
  onlyWith,
  startProgram,
  startSleep,
} from '../../support/processes.ts';
import { FIXTURES, inTemporaryDirectory, type Result, ROOT, tsmap } from '../../support/program.ts';

endProcessesAfterwards();

const hasStrace = onlyWith('strace', 'read errors in mid-file');

describe('a process that ends after its command line was read', () => {
  test.each([{ options: [] }, { options: ['-x'] }, { options: ['-d'] }])(
    'leaves nothing on stdout with $options',
    async ({ options }) => {
      await inTemporaryDirectory(async (root) => {
        const pid = join(root, '7');
        cpSync(join(ROOT, FIXTURES, '1001'), pid, { recursive: true });
        rmSync(join(pid, 'cmdline'));
        execFileSync('mkfifo', [join(pid, 'cmdline')]);
        const run = tsmap([...options, '--proc-root', root, '7', '7']);
        // Opening waits until the program reads the command line; then the process is gone.
        const fifo = await open(join(pid, 'cmdline'), 'w');
        rmSync(pid, { recursive: true });
        await fifo.write('sleep\0');
        await fifo.close();
        const { stdout, stderr, status } = await run;
        expect(stdout.toString()).toBe('');
        expect(stderr).toBe('tsmap: 7: no such process\n'.repeat(2));
        expect(status).toBe(42);
      });
    },
  );
});

describe('a process that was not named and ends before it is read', () => {
  /** Runs on a proc root whose process 7 ends as soon as its command line is asked for. */
  const runWhile7Ends = (args: readonly string[], others: readonly string[]) =>
    inTemporaryDirectory(async (root) => {
      for (const pid of ['7', ...others]) {
        cpSync(join(ROOT, FIXTURES, '1001'), join(root, pid), { recursive: true });
      }
      rmSync(join(root, '7/cmdline'));
      execFileSync('mkfifo', [join(root, '7/cmdline')]);
      const run = tsmap([...args, '--proc-root', root]);
      const fifo = await open(join(root, '7/cmdline'), 'w');
      rmSync(join(root, '7'), { recursive: true });
      await fifo.close();
      return run;
    });

  test.each([
    [['-x', '--name', '.']],
    [['--all', '--json']],
    [['summary', '--all']],
    [['summary', '--name', '.', '--json']],
    [['check', '--max-rss', '1G', '--all']],
  ])('is no problem to tsmap %j', async (args) => {
    const { stdout, stderr, status } = await runWhile7Ends(args, ['1001']);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout.toString()).not.toContain('no such process');
  });

  test.each([[['-x', '--name', '.']], [['summary', '--all']]])(
    'and is the only one, is as if none had matched, to tsmap %j',
    async (args) => {
      const { stderr, status } = await runWhile7Ends(args, []);
      expect({ stderr, status }).toEqual({ stderr: 'tsmap: no process matches\n', status: 42 });
    },
  );
});

describe.runIf(hasStrace)('an error in the middle of reading', () => {
  const inject = async (file: string, errno: string, when: string, options: string[]) => {
    const subject = await startSleep();
    const path = `/proc/${subject.pid}/${file}`;
    const rule = `inject=read:error=${errno}:when=${when}`;
    const wrapper = ['strace', '-f', '-o', '/dev/null', '-P', path, '-e', 'trace=read', '-e', rule];
    const run = await tsmap([...options, String(subject.pid)], { wrapper });
    await subject.end();
    return { ...run, pid: subject.pid };
  };

  test.each([
    { file: 'maps', when: '1', options: [] },
    { file: 'maps', when: '2+', options: [] },
    { file: 'smaps', when: '1', options: ['-x'] },
    { file: 'smaps', when: '3+', options: ['-x'] },
    { file: 'stat', when: '1', options: [] },
    { file: 'cmdline', when: '1', options: [] },
  ])('ESRCH from $file, read $when, is a process that ended', async ({ file, when, options }) => {
    const { stdout, stderr, status, pid } = await inject(file, 'ESRCH', when, options);
    expect(stdout.toString()).toBe('');
    expect(stderr).toBe(`tsmap: ${pid}: no such process\n`);
    expect(status).toBe(42);
  });

  test('EACCES is a process that the user may not read', async () => {
    const { stdout, stderr, status, pid } = await inject('maps', 'EACCES', '1', []);
    expect(stdout.toString()).toBe(`${pid}:   sleep 1000\n`);
    expect(stderr).toMatch(new RegExp(`^tsmap: ${pid}: permission denied \\(.+\\)\n$`));
    expect(status).toBe(1);
  });

  test('EIO is reported by its name', async () => {
    const { stderr, status, pid } = await inject('smaps', 'EIO', '2', ['-x']);
    expect(stderr).toBe(`tsmap: ${pid}: cannot read /proc/${pid}/smaps: EIO\n`);
    expect(status).toBe(1);
  });
});

function expectGraceful({ stdout, stderr, status, signal }: Result): void {
  expect(stderr.replace(/^tsmap: \d+: no such process\n/gm, '')).toBe('');
  expect(signal).toBeNull();
  expect([0, 42]).toContain(status);
  expect(status).toBe(stderr === '' ? 0 : 42);
  const titles = stdout.toString().match(/^\d+: {3}/gm) ?? [];
  const totals = stdout.toString().match(/^(total kB| total|mapped:) .*\d/gm) ?? [];
  expect(totals).toHaveLength(titles.length);
}

describe('processes that come and go', () => {
  test.each([{ options: [] }, { options: ['-x'] }, { options: ['-d'] }])(
    'never break a report with $options',
    async ({ options }) => {
      for (let round = 0; round < 12; round++) {
        // They end one after the other while they are being read.
        const script = `for i in $(seq 0 24); do sleep 0.0$((40 + i * 2)) & echo $!; done; echo; wait`;
        const shell = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
        let pids = '';
        for await (const chunk of shell.stdout) {
          pids += chunk;
          if (pids.endsWith('\n\n')) break;
        }
        expectGraceful(await tsmap([...options, ...pids.trim().split('\n')]));
      }
    },
  );
});

describe('a process whose map never stands still', () => {
  test.each([{ options: [] }, { options: ['-x'] }, { options: ['-d'] }])(
    'is reported as well as possible with $options',
    async ({ options }) => {
      const churn = await startProgram('churn');
      for (let round = 0; round < 6; round++) {
        const { stdout, stderr, status, signal } = await tsmap([...options, String(churn.pid)]);
        expect({ status, signal }).toEqual({ status: 0, signal: null });
        expect(stderr).toMatch(/^(tsmap: \d+: its map changed while it was read[^\n]*\n)?$/);
        expect(stdout.toString().match(/^\d+: {3}/gm)).toHaveLength(1);
        expect(stdout.toString()).toMatch(/\n(total kB| total|mapped:) [^\n]*\d+[^\n]*\n$/);
      }
      await churn.end();
    },
  );
});
