import { closeSync, openSync, readSync } from 'node:fs';
import { errnoOf } from '../../model/errno.ts';

/** Where bytes come from: a kernel file, a saved one, or a test that hands them out one by one. */
export interface ByteSource {
  /** What messages call it, e.g. `/proc/1234/maps`. */
  readonly path: string;
  /** Fills `into` from `offset`, at most `length` bytes; returns how many, 0 at the end. */
  read(into: Uint8Array, offset: number, length: number): number;
  close(): void;
}

/**
 * Opens a file for reading.
 *
 * Reads are synchronous: the kernel makes the text while read() runs, at most 4 KiB a call, and a
 * loop of readSync costs a third of what a stream costs there.
 *
 * @throws NodeJS.ErrnoException from open(2); `read` throws those of read(2), ESRCH for one when the
 *   process ended in between.
 */
export function openSource(path: string): ByteSource {
  const fd = openSync(path, 'r');
  return {
    path,
    read: (into, offset, length) => readSync(fd, into, offset, length, null),
    close: () => closeSync(fd),
  };
}

/**
 * Reads a small file whole, or its first `limit` bytes. @throws NodeJS.ErrnoException as openSource
 * does.
 */
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

/** Reads a file whole; undefined when it is missing or cannot be read. */
export function readWholeIfReadable(path: string): Buffer | undefined {
  try {
    return readWhole(path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}
