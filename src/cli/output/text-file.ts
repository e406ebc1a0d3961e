import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';

/** Reads a file of the user's whole. @throws NodeJS.ErrnoException of open(2) and read(2). */
export function readTextFile(path: string): ByteString {
  return readFileSync(path, 'latin1');
}

/**
 * Creates a file with this text, in UTF-8. It never replaces a file, and a file that cannot be written
 * whole is removed.
 *
 * @throws NodeJS.ErrnoException of open(2), EEXIST where there is such a file, and of write(2).
 */
export function createTextFile(path: string, text: string): void {
  const fd = openSync(path, 'wx', 0o666);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(fd);
  }
}
