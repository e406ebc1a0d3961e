import { complain } from '../../cli/output/stderr.ts';
import type { Detail } from '../../model/detail.ts';
import { fileError } from '../../model/errors/file-error.ts';
import { isStillThere } from '../../model/sample.ts';
import { readProcessHead } from '../../proc/process/process-head.ts';
import { readSystem } from '../../proc/system.ts';
import { lineCompressor } from '../../recording/compression/compress-line.ts';
import type { RecordedProcess } from '../../recording/recording-header.ts';
import { type Continuation, continuationOf } from '../../recording/write/continuation.ts';
import { RecordingFile } from '../../recording/write/file-writer.ts';
import { currentProcesses, type FileRequest, headerFor } from './file-request.ts';

/** Opens an existing recording to append to it. @throws ProblemError, RecordingWriteError. */
export async function continueFile(request: FileRequest) {
  const { path } = request;
  const continuation = await continuationOf(path);
  checkComparable(request, continuation);
  const { compression, wholeBytes, foundBytes, cutLine, lastMoment } = continuation;
  const file = new RecordingFile({
    path,
    compress: lineCompressor(path, compression),
    mode: 'continue',
    wholeBytes,
    foundBytes,
    maxBytes: request.maxBytes,
    header: () => headerFor(request),
  });
  if (cutLine !== undefined) {
    complain('tsmap', `${path}: the last line (line ${cutLine}) was cut off and has been removed`);
  }
  return { file, lastMoment };
}

/** Checks that new samples can be compared with the recorded ones. @throws ProblemError. */
function checkComparable(request: FileRequest, { header }: Continuation): void {
  const { path, detail, root, follow } = request;
  const refuse = (why: string) => fileError(path, `${why}: record to another file`);
  if (header.detail !== detail) {
    throw refuse(`was recorded ${detailText(header.detail)}, not ${detailText(detail)}`);
  }
  const { host } = readSystem(root);
  if (host !== undefined && header.host !== undefined && host !== header.host) {
    throw refuse(`was recorded on ${header.host}, not on ${host}`);
  }
  // With a description, the processes may have changed since.
  if (follow.isDescribed || isSameSet(header.processes, currentProcesses(request), root)) return;
  const pids = header.processes.map(({ pid }) => pid).join(', ');
  throw refuse(`was recorded from other processes (their ids were ${pids})`);
}

function detailText(detail: Detail): string {
  return detail === 'all' ? 'without --by' : `with --by ${detail}`;
}

/** Whether the processes are the recorded ones, apart from those that have ended since. */
function isSameSet(
  recorded: readonly RecordedProcess[],
  current: readonly RecordedProcess[],
  root: string,
): boolean {
  const before = recorded.map(keyOf);
  const now = current.map(keyOf);
  const missing = recorded.filter((each) => !now.includes(keyOf(each)));
  return now.every((key) => before.includes(key)) && !missing.some((each) => isRunning(root, each));
}

function keyOf({ pid, startTimeTicks }: RecordedProcess): string {
  return `${pid} ${startTimeTicks}`;
}

function isRunning(root: string, recorded: RecordedProcess): boolean {
  try {
    const head = readProcessHead(root, recorded.pid);
    return keyOf(head) === keyOf(recorded) && isStillThere(head, head);
  } catch {
    return false;
  }
}
