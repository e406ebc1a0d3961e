import { existsSync, statSync } from 'node:fs';

/** Whether a path exists, as a file or a directory. */
export function fileExists(path: string): boolean {
  return existsSync(path);
}

/** Whether a path leads to a file that can be read, rather than to a directory or nothing. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
