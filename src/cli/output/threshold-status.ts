import { EXIT } from '../exit-status.ts';
import { WriteError } from './sink.ts';
import { complain } from './stderr.ts';

/**
 * Writes a report. If `status` is 3, a limit is exceeded, and a write error is printed instead of
 * thrown: a script that acts on the status must not miss the limit because a disk is full.
 *
 * @throws WriteError if `status` is any other.
 */
export async function keepThresholdStatus(
  status: number,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof WriteError) || status !== EXIT.threshold) throw error;
    complain('tsmap', error.message);
  }
}
