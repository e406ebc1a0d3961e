import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file in one step. A file that is rewritten in place is empty for a moment; a program
 * that reads it then sees what a kernel would never show.
 */
export function replaceFile(path: string, content: string | Buffer): void {
  const next = join(dirname(path), `.${basename(path)}.next`);
  writeFileSync(next, content);
  renameSync(next, path);
}

/** Removes a directory in one step: a reader finds all of it or nothing. */
export function removeDirectory(path: string): void {
  const gone = join(dirname(path), `.${basename(path)}.gone`);
  rmSync(gone, { recursive: true, force: true });
  try {
    renameSync(path, gone);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return;
  }
  rmSync(gone, { recursive: true });
}
