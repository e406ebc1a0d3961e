import { errnoOf, systemMessage } from '../../model/errors/errno.ts';
import { UserError } from '../../model/errors/user-error.ts';

/** Thrown when a recording cannot be written any further, e.g. because the disk is full. */
export class RecordingWriteError extends UserError {
  override readonly name = 'RecordingWriteError';
}

/** Describes an error of writing to `path`; `remains` says what is left. */
export function writeError(path: string, error: unknown, remains: string): Error {
  if (!(error instanceof Error) || errnoOf(error) === undefined) {
    return new RecordingWriteError(String(error));
  }
  const isBusy = errnoOf(error) === 'EBUSY';
  const message = isBusy ? 'is a mount point, which cannot be replaced' : systemMessage(error);
  return new RecordingWriteError(`${path}: ${message}: ${remains}`);
}
