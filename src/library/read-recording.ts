import type { Problem } from '../model/errors/problem.ts';
import { openRecording as openSamples, type Recording } from '../recording/read/recording.ts';
import type { RecordingHeader } from '../recording/recording-header.ts';
import { Snapshot } from './snapshot.ts';

/** A snapshot of a recording. */
export interface RecordedSnapshot {
  /** Counts the moments of the recording from 1; snapshots of several processes share one. */
  readonly moment: number;
  /** The name of the user that the process ran as; undefined where it was not known. */
  readonly user: string | undefined;
  readonly snapshot: Snapshot;
}

/** A recording that is being read, one snapshot in memory at a time. */
export interface RecordingReader {
  readonly header: RecordingHeader;
  /** Problems of the lines read so far; complete once `snapshots` has ended. */
  readonly problems: readonly Problem[];
  /**
   * The snapshots in the order of the file; can be iterated once. Damaged lines are skipped and
   * reported in `problems`.
   *
   * @throws Error when it is called again, or after `close`; ProblemError when reading the file fails,
   *   or a snapshot would take more than a quarter of Node's memory.
   */
  snapshots(): AsyncGenerator<RecordedSnapshot, void, void>;
  /** Closes the file; needed only when `snapshots` is not iterated to its end. */
  close(): Promise<void>;
}

/**
 * Opens a recording that `tsmap record` made; `-` is standard input. gzip and zstd are recognized by
 * the content.
 *
 * @throws ProblemError when the file cannot be read, is empty, is not a recording, or is one of a
 *   newer schema.
 */
export async function openRecording(path: string): Promise<RecordingReader> {
  const recording = await openSamples(path);
  let isUsed = false;
  return {
    header: recording.header,
    get problems() {
      return recording.problems;
    },
    snapshots: () => {
      if (isUsed) throw new Error('a recording can be read once: open it again');
      isUsed = true;
      return snapshotsOf(recording);
    },
    close: () => {
      isUsed = true;
      return recording.close();
    },
  };
}

async function* snapshotsOf(recording: Recording): AsyncGenerator<RecordedSnapshot, void, void> {
  for await (const sample of recording.samples()) {
    const { moment, user } = sample;
    yield { moment, user, snapshot: new Snapshot(sample) };
  }
}
