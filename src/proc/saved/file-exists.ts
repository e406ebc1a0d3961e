import { existsSync } from 'node:fs';

/** Whether there is a file or directory at this path, which may be that of a saved text or a recording. */
export function fileExists(path: string): boolean {
  return existsSync(path);
}
