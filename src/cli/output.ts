import { writeSync } from 'node:fs';
import type { Sink } from '../format/byte-writer.ts';

/** stdout took no more: a full disk, a closed descriptor. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

const RETRY_MS = 2;

/**
 * Writes to a file descriptor until everything is gone.
 *
 * Synchronous on purpose: nothing is lost when the program ends, and process.stdout, once touched,
 * makes a pipe non-blocking for everyone who shares it. Somebody else may have done so, hence EAGAIN.
 */
export function sinkTo(fd: number): Sink {
  return (bytes) => {
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(fd, bytes, at, bytes.length - at);
      } catch (error) {
        onWriteError(error);
      }
    }
  };
}

function onWriteError(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === undefined) throw error;
  if (code === 'EPIPE') dieOfClosedPipe();
  if (code !== 'EAGAIN') throw new WriteError(`write error: ${systemMessage(error as Error)}`);
  pause(RETRY_MS);
}

/** `ENOSPC: no space left on device, write` without its code and call, as C programs say it. */
function systemMessage({ message }: Error): string {
  const text = message.replace(/^[A-Z0-9]+: /, '').replace(/, [a-z]+$/, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/**
 * Ends as C programs do when the reader went away: killed by SIGPIPE (141 in a shell), without a
 * word. Node ignores the signal; adding and removing a listener gives it its default action back.
 */
function dieOfClosedPipe(): never {
  process.once('SIGPIPE', () => {});
  process.removeAllListeners('SIGPIPE');
  process.kill(process.pid, 'SIGPIPE');
  // The init of a container survives signals that it does not handle.
  pause(100);
  process.exit(128 + 13);
}
