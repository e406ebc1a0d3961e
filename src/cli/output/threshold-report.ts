import { EXIT } from '../exit-status.ts';
import { complain } from './stderr.ts';

/**
 * Writes a report. A limit that is exceeded stays so where it cannot be written: whoever acts on the
 * status must not miss it because a disk is full, so the error is told and not thrown then.
 *
 * @throws WriteError where `status` is not that of a limit.
 */
export async function writeKeeping(status: number, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const isTold = error instanceof Error && error.name === 'WriteError';
    if (!isTold || status !== EXIT.threshold) throw error;
    complain('tsmap', error.message);
  }
}
