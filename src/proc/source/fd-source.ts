import { closeSync, readSync } from 'node:fs';
import { errnoOf } from '../../model/errors/errno.ts';
import { sleepSync } from '../../model/sleep-sync.ts';
import { STDIN_FD } from '../../model/standard-streams.ts';
import type { ByteSource } from './byte-source.ts';

const RETRY_MS = 5;

/**
 * The bytes of an open file. `close` leaves standard input open, since other programs share it. One of
 * them may have made it non-blocking, so an empty pipe is polled.
 */
export function fdSource(fd: number, path: string): ByteSource {
  return {
    path,
    read: (into, offset, length) => {
      for (;;) {
        const count = tryRead(fd, into, offset, length);
        if (count !== undefined) return count;
        sleepSync(RETRY_MS);
      }
    },
    close: () => {
      if (fd !== STDIN_FD) closeSync(fd);
    },
  };
}

/** Undefined if there is nothing to read yet. */
function tryRead(fd: number, into: Uint8Array, offset: number, length: number): number | undefined {
  try {
    return readSync(fd, into, offset, length, null);
  } catch (error) {
    if (errnoOf(error) === 'EAGAIN') return undefined;
    throw error;
  }
}
