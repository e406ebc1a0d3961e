import { UsageError } from '../model/errors/usage-error.ts';
import { listPids } from '../proc/process/list.ts';
import { readProcessHead } from '../proc/process/process-head.ts';
import { chooseProcesses } from './chosen-processes.ts';
import type { FollowRequest } from './follower.ts';
import { isDescribed, type ProcessDescription } from './process-description.ts';

/**
 * The processes to follow: `pids`, and all that match `description`, which are looked up again at each
 * tick. `ownPid` is tsmap's own process id.
 *
 * @throws UsageError where no process is listed or described.
 */
export function followTargets(
  root: string,
  pids: readonly number[],
  description: ProcessDescription,
  ownPid: number,
): FollowRequest {
  const listed = withoutThreads([...new Set(pids)], root);
  if (!isDescribed(description) && !description.children) {
    if (listed.length === 0) throw new UsageError('none of the arguments is a process id');
    const targets = { pids: listed, problems: [] };
    return { listed: new Set(listed), isDescribed: false, targets: () => targets };
  }
  return {
    listed: new Set(listed),
    // Children alone do not count: once all their ancestors have ended, none can appear.
    isDescribed: isDescribed(description),
    targets: () => chooseProcesses(root, listed, description, ownPid),
  };
}

/**
 * One id for each process. Where several ids are threads of one process, the process's own id is kept
 * if it is among them, else the first.
 */
function withoutThreads(pids: readonly number[], root: string): number[] {
  if (pids.length < 2) return [...pids];
  const named = new Set(pids);
  const listed = new Set(listedPids(root));
  const met = new Set<number>();
  return pids.filter((pid) => {
    // A thread can be read below its number, but is not listed there.
    const processId = listed.has(pid) ? pid : processOf(root, pid);
    if (met.has(processId) || (pid !== processId && named.has(processId))) return false;
    met.add(processId);
    return true;
  });
}

function listedPids(root: string): readonly number[] {
  try {
    return listPids(root);
  } catch {
    return [];
  }
}

function processOf(root: string, pid: number): number {
  try {
    return readProcessHead(root, pid).pid;
  } catch {
    return pid;
  }
}
