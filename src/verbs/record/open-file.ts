import { complain } from '../../cli/output/stderr.ts';
import type { Detail } from '../../model/detail.ts';
import { fileErrorFrom } from '../../model/errno.ts';
import { fileError } from '../../model/file-error.ts';
import { isStillThere } from '../../model/sample.ts';
import { readProcessHead } from '../../proc/process/process-head.ts';
import { readMaxMapCount, readPageSize, readSystem } from '../../proc/system.ts';
import { compressionByName, lineCompressor } from '../../recording/compression/compress-line.ts';
import type { RecordedProcess, RecordingHeader } from '../../recording/header.ts';
import { type Continuation, continuationOf } from '../../recording/write/continuation.ts';
import { RecordingFile, RecordingWriteError } from '../../recording/write/file-writer.ts';
import { inspectTarget } from '../../recording/write/target-file.ts';
import type { FollowRequest } from '../../sources/follower.ts';

declare const TSMAP_VERSION: string;

/** What is recorded to a file. */
export interface FileRequest {
  readonly path: string;
  readonly mode: 'new' | 'replace' | 'continue';
  readonly maxSize: number | undefined;
  readonly detail: Detail;
  readonly intervalMs: number;
  readonly root: string;
  readonly follow: FollowRequest;
}

/** A file that is ready to be recorded to. */
export interface OpenedFile {
  readonly file: RecordingFile;
  /** The number of the last moment that is in it. */
  readonly lastMoment: number;
}

/** Opens the file of a recording. @throws ProblemError where it cannot be, or must not. */
export async function openFile(request: FileRequest): Promise<OpenedFile> {
  const { path } = request;
  try {
    const { exists, sizeBytes } = inspectTarget(path, request.mode !== 'new');
    if (request.mode === 'continue' && sizeBytes > 0) return await continueFile(request);
    const file = new RecordingFile({
      path,
      compress: lineCompressor(path, compressionByName(path)),
      mode: exists ? 'replace' : 'new',
      wholeBytes: 0,
      foundBytes: 0,
      maxBytes: request.maxSize,
      header: () => headerOf(request),
    });
    return { file, lastMoment: 0 };
  } catch (error) {
    if (error instanceof RecordingWriteError) throw error;
    throw fileErrorFrom(error, path, 'output');
  }
}

/** The processes that are meant now, as far as they can be read. */
export function processesNow({ root, follow }: Pick<FileRequest, 'root' | 'follow'>) {
  return follow.targets().pids.flatMap((pid): RecordedProcess[] => {
    try {
      return [readProcessHead(root, pid)];
    } catch {
      return [];
    }
  });
}

async function continueFile(request: FileRequest): Promise<OpenedFile> {
  const { path } = request;
  const continuation = await continuationOf(path);
  checkSame(request, continuation);
  const { compression, wholeBytes, foundBytes, cutLine, lastMoment } = continuation;
  const file = new RecordingFile({
    path,
    compress: lineCompressor(path, compression),
    mode: 'continue',
    wholeBytes,
    foundBytes,
    maxBytes: request.maxSize,
    header: () => headerOf(request),
  });
  if (cutLine !== undefined) {
    complain('tsmap', `${path}: the last line (line ${cutLine}) was cut; it was taken away`);
  }
  return { file, lastMoment };
}

/** What follows must be comparable with what is there. @throws ProblemError. */
function checkSame(request: FileRequest, { header }: Continuation): void {
  const { path, detail, root, follow } = request;
  const refuse = (why: string) => fileError(path, `${why}: record to another file`);
  if (header.detail !== detail) {
    const was = header.detail === 'all' ? 'whole mappings' : `--by ${header.detail}`;
    throw refuse(`was recorded with ${was}, which is something else`);
  }
  const { host } = readSystem(root);
  if (host !== undefined && header.host !== undefined && host !== header.host) {
    throw refuse(`was recorded on ${header.host}, not on ${host}`);
  }
  // Who is described by name, user or parent may well be others than last time.
  if (follow.isDescribed) return;
  const was = keysOf(header.processes);
  const now = keysOf(processesNow(request));
  const others = header.processes.filter((each) => !now.includes(keyOf(each)));
  // Those that have ended since are missed by nobody.
  if (now.every((key) => was.includes(key)) && !others.some((each) => isThere(root, each))) return;
  const pids = header.processes.map(({ pid }) => pid).join(', ');
  throw refuse(`was recorded of other processes (${pids}, or what had these numbers then)`);
}

function keysOf(processes: readonly RecordedProcess[]): string[] {
  return processes.map(keyOf);
}

function keyOf({ pid, startTimeTicks }: RecordedProcess): string {
  return `${pid} ${startTimeTicks}`;
}

function isThere(root: string, recorded: RecordedProcess): boolean {
  try {
    const head = readProcessHead(root, recorded.pid);
    return keyOf(head) === keyOf(recorded) && isStillThere(head, head);
  } catch {
    return false;
  }
}

function headerOf({ root, intervalMs, detail, follow }: FileRequest): RecordingHeader {
  return {
    version: TSMAP_VERSION,
    ...readSystem(root),
    startedAtMs: Date.now(),
    pageSizeBytes: readPageSize(root),
    maxMapCount: readMaxMapCount(root),
    intervalMs,
    detail,
    processes: processesNow({ root, follow }),
  };
}
