import { existsSync } from 'node:fs';

/** Whether a path exists, as a file or a directory. */
export function fileExists(path: string): boolean {
  return existsSync(path);
}
