import { fstatSync, writeSync } from 'node:fs';
import type { Sink } from '../../format/byte-writer.ts';
import { errnoOf, systemMessage } from '../../model/errors/errno.ts';
import { UserError } from '../../model/errors/user-error.ts';
import { sleepSync } from '../../model/sleep-sync.ts';
import { STDOUT_FD } from '../../model/standard-streams.ts';

/** Thrown if output cannot be written: a full disk, a closed descriptor. */
export class WriteError extends UserError {
  override readonly name = 'WriteError';
}

const RETRY_MS = 2;

/**
 * A sink that writes to a file descriptor and returns when all bytes are written.
 *
 * Synchronous on purpose, so that nothing is lost when the program exits. process.stdout would make a
 * pipe non-blocking for every process that shares it; another process may have done so, hence EAGAIN.
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
  const code = errnoOf(error);
  if (code === undefined) throw error;
  if (code === 'EPIPE') dieOf('SIGPIPE');
  // At exit Node restores the modes of the terminal, and aborts if the terminal is gone.
  if (code === 'EIO' && isTerminalGone(fd)) dieOf('SIGHUP');
  if (code !== 'EAGAIN') {
    throw new WriteError(`write error: ${capitalized(systemMessage(error as Error))}`);
  }
  sleepSync(RETRY_MS);
}

/** C programs print the system's messages with a capital letter, Node without. */
function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** EIO on a disk is an ordinary write error, and the loss of stderr must not end the program. */
function isTerminalGone(fd: number): boolean {
  return fd === STDOUT_FD && fstatSync(fd).isCharacterDevice();
}

const SIGNAL_NUMBER = { SIGHUP: 1, SIGPIPE: 13 } as const;

/**
 * Dies silently of a signal, as C programs do when their reader is gone: SIGPIPE for a pipe (141 in a
 * shell), SIGHUP for a terminal. Node ignores SIGPIPE, and tsmap may listen for SIGHUP; adding and
 * removing a listener restores a signal's default action.
 */
function dieOf(signal: keyof typeof SIGNAL_NUMBER): never {
  process.once(signal, () => {});
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Process 1 of a container survives signals for which it has no handler.
  sleepSync(100);
  process.exit(128 + SIGNAL_NUMBER[signal]);
}
