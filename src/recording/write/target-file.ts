import { lstatSync, statSync } from 'node:fs';
import { fileError } from '../../model/file-error.ts';

/** The file that a recording is to be written to, as it is before. */
export interface TargetFile {
  readonly exists: boolean;
  readonly sizeBytes: number;
}

/**
 * Looks at the file that a recording is to be written to. An existing file is accepted only where the
 * user said what is to become of it (`mayExist`).
 *
 * @throws ProblemError where it cannot hold a recording, NodeJS.ErrnoException of stat(2).
 */
export function inspectTarget(path: string, mayExist: boolean): TargetFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) {
      return { exists: false, sizeBytes: 0 };
    }
    throw fileError(path, 'is a link to a file that is not there', 'read-error');
  }
  if (stat.isDirectory()) throw fileError(path, 'is a directory', 'read-error');
  if (!stat.isFile()) {
    throw fileError(path, 'is not a regular file, which a recording needs', 'read-error');
  }
  if (!mayExist) {
    const message = 'is there already: --force replaces it, --append goes on with it';
    throw fileError(path, message, 'read-error');
  }
  return { exists: true, sizeBytes: stat.size };
}
