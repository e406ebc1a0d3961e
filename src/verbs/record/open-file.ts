import { fileErrorFrom } from '../../model/errors/errno.ts';
import { compressionByName, lineCompressor } from '../../recording/compression/compress-line.ts';
import { RecordingFile } from '../../recording/write/file-writer.ts';
import { inspectTarget } from '../../recording/write/target-file.ts';
import { RecordingWriteError } from '../../recording/write/write-error.ts';
import { continueFile } from './continue-file.ts';
import { type FileRequest, headerFor } from './file-request.ts';

/** A file that is open for recording. */
export interface OpenedFile {
  readonly file: RecordingFile;
  /** The number of the last moment in the file; 0 for a new one. */
  readonly lastMoment: number;
}

/**
 * Opens the file of a recording.
 *
 * @throws ProblemError if it cannot be opened, or must not be written to; RecordingWriteError.
 */
export async function openFile(request: FileRequest): Promise<OpenedFile> {
  const { path } = request;
  try {
    const { exists, sizeBytes } = inspectTarget(path, request.mode !== 'new');
    if (request.mode === 'continue' && sizeBytes > 0) return await continueFile(request);
    const file = new RecordingFile({
      path,
      compress: lineCompressor(path, compressionByName(path)),
      // An empty file has nothing to lose by being written to.
      mode: exists ? request.mode : 'new',
      wholeBytes: 0,
      foundBytes: 0,
      maxBytes: request.maxBytes,
      header: () => headerFor(request),
    });
    return { file, lastMoment: 0 };
  } catch (error) {
    if (error instanceof RecordingWriteError) throw error;
    throw fileErrorFrom(error, path, 'output');
  }
}
