import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../../support/processes.ts';
import { inTemporaryDirectory, tsmap } from '../../support/program.ts';

const NAME = 'a-program-with-a-long-name';
const HINT =
  'tsmap: --name: the kernel keeps 15 characters of a name, and this needs more: it can match only a ' +
  'program whose own name is that long. --full matches command lines\n';

function commOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
}

/** Runs `use` while a copy of sleep(1) runs under a name that the kernel cuts. */
async function withLongName(use: (child: ChildProcess) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const program = join(directory, NAME);
    copyFileSync('/bin/sleep', program);
    const child = spawn(program, ['1000'], { argv0: 'another' });
    try {
      await until(() => commOf(child.pid ?? 0) === NAME.slice(0, 15), 'it does not run');
      await use(child);
    } finally {
      child.kill('SIGKILL');
    }
  });
}

test('a program is found by the name that the kernel has cut, and by the rest of it', () =>
  withLongName(async ({ pid }) => {
    for (const pattern of [NAME, `^${NAME}$`, 'long-name$', '^a-program-with-$']) {
      const { stdout, stderr } = await tsmap(['summary', '--json', '--name', pattern]);
      const pids = JSON.parse(stdout.toString()).processes.map((each: { pid: number }) => each.pid);
      expect({ pattern, pids, stderr }).toEqual({ pattern, pids: [pid], stderr: '' });
    }
  }));

const NOBODY = ['--name', 'a-name-that-nobody-has'];

test.each([
  { args: ['-x'] },
  { args: ['summary'] },
  { args: ['check', '--max-rss', '1G'] },
  { args: ['watch', '--count', '1', '--until-exit'] },
  { args: ['record', '-o', '/tmp/never', '--count', '1'] },
])('where nothing matches more than 15 characters, $args points to --full', async ({ args }) => {
  const { stderr, status } = await tsmap([...args, ...NOBODY]);
  expect({ stderr, status }).toEqual({ stderr: `tsmap: no process matches\n${HINT}`, status: 42 });
  const full = await tsmap([...args, ...NOBODY, '--full']);
  expect(full.stderr).not.toContain('--full');
});

test.each([
  { args: ['check', '--max-rss', '1G', '--wait', '--timeout', '50ms'] },
  { args: ['watch', '--interval', '20ms', '--count', '2'] },
])('$args says so before it waits', async ({ args }) => {
  const { stderr } = await tsmap([...args, ...NOBODY]);
  expect(stderr).toContain(`tsmap: no process matches yet, waiting for one\n${HINT}`);
});
