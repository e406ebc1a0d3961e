import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';

/** Reads a whole text file. @throws NodeJS.ErrnoException of open(2) and read(2). */
export function readTextFile(path: string): ByteString {
  return readFileSync(path, 'latin1');
}

/**
 * Creates a text file in UTF-8. Never replaces a file; removes the new file again if it cannot be written
 * completely.
 *
 * @throws NodeJS.ErrnoException of open(2), EEXIST if the file exists, and of write(2).
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
