import { lstatSync, statSync } from 'node:fs';
import { fileError } from '../../model/errors/file-error.ts';

/** The state of a file before a recording is written to it. */
export interface TargetFile {
  readonly exists: boolean;
  readonly sizeBytes: number;
}

/**
 * Checks the file that a recording is to be written to. An existing file is refused unless the user
 * said what to do with it (`mayExist`).
 *
 * @throws ProblemError when it cannot hold a recording, NodeJS.ErrnoException of stat(2).
 */
export function inspectTarget(path: string, mayExist: boolean): TargetFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) {
      return { exists: false, sizeBytes: 0 };
    }
    throw fileError(path, 'is a link to a file that does not exist', 'read-error');
  }
  if (stat.isDirectory()) throw fileError(path, 'is a directory', 'read-error');
  if (!stat.isFile()) {
    throw fileError(path, 'is not a regular file, which a recording needs', 'read-error');
  }
  if (!mayExist) {
    const message = 'already exists: --force replaces it, --append continues it';
    throw fileError(path, message, 'read-error');
  }
  return { exists: true, sizeBytes: stat.size };
}
