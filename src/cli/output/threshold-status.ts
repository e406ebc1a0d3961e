import { EXIT } from '../exit-status.ts';
import { WriteError } from './sink.ts';
import { complain } from './stderr.ts';

/**
 * Writes a report. Where a threshold is exceeded (`status` 3) a write error is printed and not thrown: a
 * script that acts on the status must not miss the threshold because a disk is full.
 *
 * @throws WriteError where `status` is any other.
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
