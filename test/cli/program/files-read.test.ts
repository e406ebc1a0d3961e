import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  endProcessesAfterwards,
  onlyWith,
  type Subject,
  startProgram,
} from '../../support/processes.ts';
import {
  commandFor,
  FIXTURES,
  inTemporaryDirectory,
  runCommand,
  tsmap,
} from '../../support/program.ts';

endProcessesAfterwards();

const hasStrace = onlyWith('strace', 'which files are opened');

let odd: Subject;
beforeAll(async () => {
  odd = await startProgram('odd');
});

/** The system calls of one run, as strace writes them. */
async function trace(options: readonly string[]): Promise<string> {
  return inTemporaryDirectory(async (directory) => {
    const log = join(directory, 'log');
    const calls = 'trace=open,openat,shmget,shmat,shmctl';
    const args = [...options, String(odd.pid)];
    const { status } = await runCommand([
      ...['strace', '-f', '-qq', '-o', log, '-e', calls],
      ...commandFor(args),
    ]);
    expect(status).toBe(0);
    return readFileSync(log, 'latin1');
  });
}

/** Which files of the process were opened, each as often as it was. */
function filesOf(log: string): string[] {
  return [...log.matchAll(new RegExp(`"/proc/${odd.pid}/([^"]*)"`, 'g'))].map(
    ([, file = '']) => file,
  );
}

describe.runIf(hasStrace)('of the files of a process', () => {
  test.each([
    { options: [], files: ['cmdline', 'maps', 'mountinfo', 'stat', 'status'] },
    { options: ['-d'], files: ['cmdline', 'maps', 'mountinfo', 'stat', 'status'] },
    { options: ['-x'], files: ['cmdline', 'mountinfo', 'smaps', 'stat', 'status'] },
    { options: ['-x', '-q'], files: ['cmdline', 'mountinfo', 'smaps', 'stat', 'status'] },
  ])('$options opens $files once each', async ({ options, files }) => {
    expect(filesOf(await trace(options)).sort()).toEqual(files);
  });

  test.each([
    { args: ['--columns', 'address,size,mapping'], files: ['maps'] },
    { args: ['--columns', 'Kbytes, Mode', '--json'], files: ['maps'] },
    { args: ['--filter', 'size>100K'], files: ['maps'] },
    { args: ['--sort', '-size', '--top', '3'], files: ['maps'] },
    { args: ['-x', '--sort', '-rss'], files: ['smaps'] },
    { args: ['--filter', 'private_dirty>0'], files: ['smaps'] },
    { args: ['summary', '--columns', 'rss', '--sort', 'rss'], files: ['smaps'] },
    { args: ['summary', '--totals-only'], files: ['smaps_rollup'] },
  ])('$args opens $files of the maps, once', async ({ args, files }) => {
    const maps = filesOf(await trace(args)).filter((file) => /^s?maps/.test(file));
    expect(maps).toEqual(files);
  });

  test.each([
    { pid: '2903', file: 'maps', options: [], opened: 6, why: 'addresses go backwards' },
    { pid: '2902', file: 'smaps', options: ['-x'], opened: 6, why: 'the last record is cut' },
    { pid: '1001', file: 'smaps', options: ['-X'], opened: 1, why: 'all is well' },
  ])('$file is opened $opened times where $why', async ({ pid, file, options, opened }) => {
    await inTemporaryDirectory(async (directory) => {
      const log = join(directory, 'log');
      const args = commandFor([...options, '--proc-root', FIXTURES, pid]);
      await runCommand(['strace', '-f', '-qq', '-o', log, '-e', 'trace=openat,open', ...args]);
      const calls = readFileSync(log, 'latin1').split(`"${FIXTURES}/${pid}/${file}"`);
      expect(calls).toHaveLength(opened + 1);
    });
  });

  test('no System V call is made to recognize its segments', async () => {
    expect(await trace(['-x'])).not.toMatch(/shm(get|at|ctl)\(/);
  });
});

describe('a System V segment', () => {
  test('is recognized without making one', async () => {
    const segments = () => readFileSync('/proc/sysvipc/shm', 'utf8');
    const idOf = (text: string) => /\[ shmid=0x([0-9a-f]+) \]/.exec(text)?.[1];
    const before = segments();
    const { stdout } = await tsmap([String(odd.pid)]);
    expect(segments()).toBe(before);
    const id = Number.parseInt(idOf(stdout.toString()) ?? '', 16);
    expect(before).toMatch(new RegExp(`^ +\\d+ +${id} +`, 'm'));
  });

  test('is distinguished from memfd and shared anonymous memory on the same device', async () => {
    const { stdout } = await tsmap([String(odd.pid)]);
    expect(stdout.toString().match(/shmid/g)).toHaveLength(1);
    expect(stdout.toString()).toMatch(/ rw-s- {2}\/memfd:a\/x \(deleted\)$/m);
    expect(stdout.toString()).toMatch(/ rw-s- {2}\/dev\/zero \(deleted\)$/m);
  });
});
