import { spawn } from 'node:child_process';
import { closeSync, read, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  endProcessesAfterwards,
  endWithTests,
  startProgram,
  startSleep,
  until,
} from '../../support/processes.ts';
import {
  cleanEnvironment,
  commandFor,
  inTemporaryDirectory,
  openPipe,
  ROOT,
  tsmap,
} from '../../support/program.ts';
import { startTsmap } from '../../support/running.ts';

endProcessesAfterwards();

/**
 * A shell that lets another program leave stdout non-blocking, as Node does when it is killed, and
 * then becomes the command. (A flag on the descriptor would not last: spawn takes it away.)
 */
const NON_BLOCKING = '"$0" -e "process.stdout; process.kill(process.pid, 9)"; exec "$0" "$@"';

/** Messages of a watch that cannot keep up. */
const MISSED = /^(tsmap: \d+ ticks? (was|were) missed: [^\n]*\n)+/;

const PIPE_BYTES = 64 * 1024;

/** Whether a process has filled a pipe that is not read, or waits to write to it. */
function hasFilled(pid: number): boolean {
  if (readFileSync(`/proc/${pid}/wchan`, 'utf8').includes('pipe_write')) return true;
  const [, written] = /^wchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8')) ?? [];
  return Number(written) > PIPE_BYTES - 8192;
}

let large: string[];

beforeAll(async () => {
  const { pid } = await (await startProgram('many', 20_000)).stop();
  large = [String(pid)];
});

describe('a pipe that is not read', () => {
  test.each([
    ['a map', 'SIGINT'],
    ['a map', 'SIGTERM'],
    ['watch', 'SIGINT'],
    ['watch', 'SIGTERM'],
    ['watch', 'SIGHUP'],
  ] as const)('of %s does not keep %s from ending it', async (what, signal) => {
    const { pid } = await startSleep();
    const words = what === 'watch' ? ['watch', String(pid), '--interval', '1ms', '--json'] : large;
    await inTemporaryDirectory(async (directory) => {
      const pipe = openPipe(join(directory, 'pipe'));
      const run = startTsmap(words, { stdout: pipe.writer });
      await until(() => hasFilled(run.pid), 'the pipe does not get full');
      // The watch is to have more to write than the pipe takes.
      await new Promise((resolve) => setTimeout(resolve, 300));
      run.kill(signal);
      const { status, signal: died, stderr } = await run.ended;
      expect({ status, died }).toEqual({ status: null, died: signal });
      expect(stderr.replace(MISSED, '')).toBe('');
      closeSync(pipe.reader);
      closeSync(pipe.writer);
    });
  });
});

describe('a slow reader of a watch', () => {
  test('gets whole lines, each of them, and the last ones after a signal', async () => {
    const { pid } = await startSleep();
    await inTemporaryDirectory(async (directory) => {
      const pipe = openPipe(join(directory, 'pipe'));
      const words = ['watch', String(pid), '--interval', '1ms', '--json'];
      const watch = startTsmap(words, { stdout: pipe.writer });
      closeSync(pipe.writer);
      await until(() => hasFilled(watch.pid), 'the pipe does not get full');
      watch.kill('SIGTERM');
      const text = await readUntil(pipe.reader, watch.ended);
      expect(await watch.ended).toMatchObject({ status: null, signal: 'SIGTERM' });
      const records = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(records.at(-1)).toMatchObject({ event: 'stopped', readings: records.length - 1 });
      closeSync(pipe.reader);
    });
  });
});

describe('a slow reader on a pipe that does not block', () => {
  test('gets every byte', async () => {
    const { stdout: expected } = await tsmap(large, { stdout: 'file' });
    await inTemporaryDirectory(async (directory) => {
      const pipe = openPipe(join(directory, 'pipe'));
      const child = spawn('sh', ['-c', NON_BLOCKING, ...commandFor(large)], {
        cwd: ROOT,
        env: cleanEnvironment(),
        stdio: ['ignore', pipe.writer, 'ignore'],
      });
      endWithTests(child);
      closeSync(pipe.writer);
      const status = new Promise((resolve) => child.on('close', resolve));
      const received = await readSlowly(pipe.reader, expected.length);
      expect(await status).toBe(0);
      expect(received.equals(expected)).toBe(true);
      closeSync(pipe.reader);
    });
  });
});

/** Reads what comes until `end` resolves, and what is there then. */
async function readUntil(fd: number, end: Promise<unknown>): Promise<string> {
  let isOver = false;
  void end.then(() => {
    isOver = true;
  });
  const chunk = Buffer.alloc(48 * 1024);
  let text = '';
  for (;;) {
    const wasOver = isOver;
    const none = { bytesRead: 0 };
    const { bytesRead } = await promisify(read)(fd, chunk, 0, chunk.length, null).catch(() => none);
    text += chunk.toString('utf8', 0, bytesRead);
    if (bytesRead === 0 && wasOver) return text;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Reads with pauses, until `length` bytes have arrived or none did for ten seconds. */
async function readSlowly(fd: number, length: number): Promise<Buffer> {
  const readSome = promisify(read);
  const chunk = Buffer.alloc(48 * 1024);
  const chunks: Buffer[] = [];
  let received = 0;
  for (let idle = 0; received < length && idle < 2000; idle++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { bytesRead } = await readSome(fd, chunk, 0, chunk.length, null).catch(() => ({
      bytesRead: 0,
    }));
    if (bytesRead > 0) idle = 0;
    received += bytesRead;
    chunks.push(Buffer.from(chunk.subarray(0, bytesRead)));
  }
  return Buffer.concat(chunks);
}
