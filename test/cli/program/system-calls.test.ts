import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  endProcessesAfterwards,
  onlyWith,
  type Subject,
  startProgram,
} from '../../support/processes.ts';
import {
  commandFor,
  inTemporaryDirectory,
  isExecutable,
  runCommand,
} from '../../support/program.ts';

endProcessesAfterwards();

const hasStrace = onlyWith('strace', 'which system calls are made');

const FEW = 40;
const MANY = 20_000;
/** Bytes that one write of a report holds. */
const CHUNK = 64 * 1024;

/** How often each system call is made, in all threads of one run, and how much the run prints. */
async function callsOf(args: readonly string[]) {
  return inTemporaryDirectory(async (directory) => {
    const log = join(directory, 'log');
    const command = ['strace', '-f', '-c', '-o', log, ...commandFor(args)];
    const { stdout, stderr, status } = await runCommand(command, { stdout: 'file' });
    expect({ stderr: stderr.replace(/^strace: .*\n/gm, ''), status }).toEqual({
      stderr: '',
      status: 0,
    });
    // Share of the time, seconds, microseconds a call, calls, errors if any, and the name.
    const lines = readFileSync(log, 'utf8').matchAll(
      /^ *[\d.]+ +[\d.]+ +\d+ +(\d+)(?: +\d+)? +(\w+)$/gm,
    );
    const calls = new Map([...lines].map(([, count, name = '']) => [name, Number(count)]));
    calls.delete('total');
    return { calls, printed: stdout.length };
  });
}

/** Calls whose number grows with the heap and the threads of the runtime. */
const OF_THE_RUNTIME =
  /^(futex|madvise|mprotect|mmap|munmap|brk|getpid|sched_\w+|clock_\w+|rt_\w+)$/;
/** V8's threads wait for each other as often as garbage is cleared; one call a row would be MANY. */
const MOST_OF_THE_RUNTIME = MANY / 4;
/** Of any other call. Bun looks into a file of /proc/self each time that it clears garbage. */
const OTHER = isExecutable ? 200 : 10;

describe.runIf(hasStrace)(`${MANY} mappings instead of ${FEW}`, () => {
  let few: Subject;
  let many: Subject;
  beforeAll(async () => {
    few = await startProgram('many', FEW);
    many = await startProgram('many', MANY);
  });
  afterAll(() => many.end());

  test.each([
    { args: [], reads: 600 },
    { args: ['-x'], reads: 6000 },
    { args: ['-d'], reads: 600 },
    { args: ['-X'], reads: 6000 },
    { args: ['--format', 'ndjson'], reads: 6000 },
    { args: ['--format', 'csv'], reads: 6000 },
    { args: ['summary'], reads: 6000 },
  ])('cost with $args only reads of /proc and writes of 64 KiB', async ({ args, reads }) => {
    const before = (await callsOf([...args, String(few.pid)])).calls;
    const { calls, printed } = await callsOf([...args, String(many.pid)]);
    const growth = [...calls].map(([name, count]) => ({
      name,
      more: count - (before.get(name) ?? 0),
    }));
    const limits: Record<string, number> = { read: reads, write: printed / CHUNK + 50 };
    const limitOf = (name: string) =>
      limits[name] ?? (OF_THE_RUNTIME.test(name) ? MOST_OF_THE_RUNTIME : OTHER);
    expect(growth.filter(({ name, more }) => more > limitOf(name))).toEqual([]);
    expect(calls.get('read')).toBeGreaterThan(reads / 4);
  });
});
