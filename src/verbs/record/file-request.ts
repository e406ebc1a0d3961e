import type { Detail } from '../../model/detail.ts';
import { readProcessHead } from '../../proc/process/process-head.ts';
import { readMaxMapCount, readPageSize, readSystem } from '../../proc/system.ts';
import type { RecordedProcess, RecordingHeader } from '../../recording/recording-header.ts';
import type { FollowRequest } from '../../sources/follower.ts';

declare const TSMAP_VERSION: string;

/** What to record, and to which file. */
export interface FileRequest {
  readonly path: string;
  readonly mode: 'new' | 'replace' | 'continue';
  /** Size in bytes at which a new file is begun; undefined for no limit. */
  readonly maxBytes: number | undefined;
  readonly detail: Detail;
  readonly intervalMs: number;
  readonly root: string;
  readonly follow: FollowRequest;
}

/** The header of the recording, with the processes that can be read now. */
export function headerFor({ root, intervalMs, detail, follow }: FileRequest): RecordingHeader {
  return {
    version: TSMAP_VERSION,
    ...readSystem(root),
    startedAtMs: Date.now(),
    pageSizeBytes: readPageSize(root),
    maxMapCount: readMaxMapCount(root),
    intervalMs,
    detail,
    processes: currentProcesses({ root, follow }),
  };
}

/** The processes to record that exist now and can be read. */
export function currentProcesses({
  root,
  follow,
}: Pick<FileRequest, 'root' | 'follow'>): RecordedProcess[] {
  return follow.targets().pids.flatMap((pid): RecordedProcess[] => {
    try {
      return [readProcessHead(root, pid)];
    } catch {
      return [];
    }
  });
}
