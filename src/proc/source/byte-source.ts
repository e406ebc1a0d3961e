import { closeSync, openSync, readSync } from 'node:fs';
import { errnoOf } from '../../model/errors/errno.ts';

/** A source of bytes: a kernel file, a saved file, or a test's text in small pieces. */
export interface ByteSource {
  /** Its name in messages, e.g. `/proc/1234/maps`. */
  readonly path: string;
  /** Reads at most `length` bytes into `into` at `offset`; returns their number, 0 at the end. */
  read(into: Uint8Array, offset: number, length: number): number;
  close(): void;
}

/**
 * Opens a file for reading.
 *
 * Reads are synchronous: the kernel generates the text during read(), at most 4 KiB per call, and
 * there a loop of readSync takes a third of the time of a stream.
 *
 * @throws NodeJS.ErrnoException of open(2); `read` throws that of read(2), such as ESRCH when the
 *   process has ended.
 */
export function openSource(path: string): ByteSource {
  const fd = openSync(path, 'r');
  return {
    path,
    read: (into, offset, length) => readSync(fd, into, offset, length, null),
    close: () => closeSync(fd),
  };
}

/** Reads a whole file, or its first `limit` bytes. @throws NodeJS.ErrnoException as openSource. */
export function readWhole(path: string, limit = Number.POSITIVE_INFINITY): Buffer {
  const source = openSource(path);
  try {
    let bytes = Buffer.allocUnsafe(4096);
    for (let filled = 0; ; ) {
      if (filled === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(filled)]);
      const count = source.read(bytes, filled, bytes.length - filled);
      filled += count;
      if (count === 0 || filled >= limit) return bytes.subarray(0, Math.min(filled, limit));
    }
  } finally {
    source.close();
  }
}

/** Reads a whole file; undefined when it is missing or cannot be read. */
export function readWholeIfReadable(path: string): Buffer | undefined {
  try {
    return readWhole(path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}
