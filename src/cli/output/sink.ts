import { fstatSync, writeSync } from 'node:fs';
import type { Sink } from '../../format/byte-writer.ts';

/** stdout took no more: a full disk, a closed descriptor. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

const STDOUT = 1;
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
        onWriteError(fd, error);
      }
    }
  };
}

function onWriteError(fd: number, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === undefined) throw error;
  if (code === 'EPIPE') dieOf('SIGPIPE');
  // Node, which wants to set the terminal back at its end, would abort over one that is gone.
  if (code === 'EIO' && isTerminalGone(fd)) dieOf('SIGHUP');
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

/** A disk may fail with the same error; and what cannot be said on stderr holds nothing up. */
function isTerminalGone(fd: number): boolean {
  return fd === STDOUT && fstatSync(fd).isCharacterDevice();
}

const SIGNAL_NUMBER = { SIGHUP: 1, SIGPIPE: 13 } as const;

/**
 * Ends as C programs do when whoever reads went away: killed by SIGPIPE (141 in a shell) or, where it
 * was a terminal, SIGHUP, without a word. Node ignores the first and we may listen to the second;
 * adding and removing a listener gives a signal its default action back.
 */
function dieOf(signal: keyof typeof SIGNAL_NUMBER): never {
  process.once(signal, () => {});
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // The init of a container survives signals that it does not handle.
  pause(100);
  process.exit(128 + SIGNAL_NUMBER[signal]);
}
