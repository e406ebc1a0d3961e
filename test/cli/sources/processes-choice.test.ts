import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  endProcessesAfterwards,
  onlyWith,
  startNamed,
  startReady,
  startSleep,
} from '../../support/processes.ts';
import { inTemporaryDirectory, tsmap } from '../../support/program.ts';
import {
  AS_OTHER_USER,
  onlyAsRoot,
  withProgramForOtherUsers,
} from '../../support/system/other-user.ts';

endProcessesAfterwards();
const SUMMARY = ['summary', '--format', 'ndjson', '--totals-only'];
const hasPgrep = onlyWith('pgrep', 'processes against pgrep');

async function pidsOf(...options: string[]): Promise<number[]> {
  const { stdout } = await tsmap([...SUMMARY, ...options]);
  return stdout
    .toString()
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).pid)
    .sort((a, b) => a - b);
}
const pgrep = (...args: string[]) =>
  spawnSync('pgrep', args, { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
    .filter(Boolean)
    .map(Number);

describe('processes that match a description', () => {
  test.skipIf(!hasPgrep)('by name are those of pgrep', async () => {
    const name = `tsm${process.pid}`;
    const started = [await startNamed(`${name}a`), await startNamed(`${name}b`)];
    for (const regex of [name, `^${name}a$`, `${name}[ab]`, `${name}(b|c)`]) {
      expect(await pidsOf('--name', regex), regex).toEqual(pgrep(regex));
    }
    expect(await pidsOf('--name', name)).toEqual(
      started.map(({ pid }) => pid).sort((a, b) => a - b),
    );
  });

  test.skipIf(!hasPgrep)('by command line are those of pgrep -f, never tsmap itself', async () => {
    const word = `full-word-${process.pid}`;
    const { pid } = await startReady('/bin/sh', ['-c', 'echo ready; read -r line', word]);
    expect(await pidsOf('--full', '--name', word)).toEqual([pid]);
    expect(pgrep('-f', word)).toContain(pid);
    expect(await pidsOf('--name', word)).toEqual([]);
  });

  test('by user are the same by name and by number', async () => {
    const { pid } = await startReady('setpriv', [
      '--reuid=65534',
      '--clear-groups',
      'sh',
      '-c',
      'echo ready; read -r line',
    ]);
    for (const user of ['nobody', '65534']) {
      const pids = await pidsOf('--user', user);
      expect(pids).toContain(pid);
      expect(pids).not.toContain(process.pid);
    }
  });

  test('with --children are the whole tree', async () => {
    const script = 'sh -c "sleep 1000 & echo ready; wait" & wait';
    const { pid } = await startReady('/bin/sh', ['-c', script]);
    const child = pgrep('-P', String(pid));
    const grandchild = child.flatMap((each) => pgrep('-P', String(each)));
    const tree = [pid, ...child, ...grandchild].sort((a, b) => a - b);
    expect(tree).toHaveLength(3);
    expect(await pidsOf('--children', String(pid))).toEqual(tree);
    for (const each of [...child, ...grandchild]) process.kill(each, 'SIGKILL');
  });

  test('are all with --all: our own, kernel threads without a message, never tsmap itself', async () => {
    const { pid } = await startSleep();
    const { stdout, stderr } = await tsmap([...SUMMARY, '--all']);
    const rows = stdout
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map((row) => row.pid)).toContain(pid);
    expect(rows.filter(({ command }) => command?.includes('--totals-only --all'))).toEqual([]);
    const isKernel = /(^|\n)PPid:\t2\n/;
    for (const line of stderr.trimEnd().split('\n').filter(Boolean)) {
      expect(line).toMatch(/^tsmap: \d+: (permission denied|no such process)/);
      const about = /\d+/.exec(line)?.[0] ?? '';
      if (line.includes('permission')) {
        expect(readFileSync(`/proc/${about}/status`, 'utf8')).not.toMatch(isKernel);
      }
    }
    if (pgrep('-x', 'kthreadd').length > 0) expect(stderr).not.toMatch(/^tsmap: 2:/m);
  });

  test('give a message and status 42 if there is none', async () => {
    for (const verb of [[], ['summary']]) {
      const { stdout, stderr, status } = await tsmap([...verb, '--name', '^nobody-is-it$']);
      expect(stderr).toBe('tsmap: no process matches\n');
      expect({ stdout: stdout.toString(), status }).toEqual({ stdout: '', status: 42 });
    }
  });

  test.runIf(onlyAsRoot('processes of someone else'))(
    'are reported on stderr if they may not be read',
    async () => {
      const { pid } = await startSleep();
      const { stderr, status } = await withProgramForOtherUsers((program) =>
        tsmap(['-x', '--name', '^sleep$'], { wrapper: AS_OTHER_USER, program }),
      );
      expect(stderr).toContain(`tsmap: ${pid}: permission denied (try sudo)\n`);
      expect(status).toBe(1);
    },
  );

  test.runIf(onlyAsRoot('a directory that someone else cannot list')).each([
    { args: ['--all'], expected: { stdout: '', status: 1 } },
    { args: ['summary', '--all'], expected: { stdout: '', status: 1 } },
    { args: ['record', '--all', '-o', 'none.tsmap'], expected: { stdout: '', status: 1 } },
    { args: ['watch', '--all', '--count', '1'], expected: { stdout: '', status: 1 } },
    { args: ['check', '--all', '--max-rss', '1G'], expected: { stdout: '', status: 1 } },
  ])('cannot be found if the directory cannot be listed: $args', async ({ args, expected }) => {
    await inTemporaryDirectory(async (directory) => {
      chmodSync(directory, 0o711);
      const { stdout, stderr, status } = await withProgramForOtherUsers((program) =>
        tsmap([...args, '--proc-root', directory], { wrapper: AS_OTHER_USER, program }),
      );
      expect(stderr).toBe(`tsmap: ${directory}: permission denied (try sudo)\n`);
      expect({ stdout: stdout.toString(), status }).toEqual(expected);
    });
  });

  test.runIf(onlyAsRoot('a directory that someone else cannot list'))(
    'cannot be found if the directory cannot be listed: a monitoring plugin is UNKNOWN',
    async () => {
      await inTemporaryDirectory(async (directory) => {
        chmodSync(directory, 0o711);
        const args = ['check', '--all', '--max-rss', '1G', '--format', 'nagios'];
        const { stdout, stderr, status } = await withProgramForOtherUsers((program) =>
          tsmap([...args, '--proc-root', directory], { wrapper: AS_OTHER_USER, program }),
        );
        expect({ stdout: stdout.toString(), stderr, status }).toEqual({
          stdout: `TSMAP UNKNOWN - ${directory}: permission denied\n`,
          stderr: '',
          status: 3,
        });
      });
    },
  );
});
