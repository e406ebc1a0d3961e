import { parsePids } from '../cli/options/pid.ts';
import type { ProcessOptions } from '../cli/options/process-options.ts';
import { UsageError } from '../model/usage-error.ts';
import { checkProcRoot } from '../proc/proc-root.ts';
import { readProcessHead } from '../proc/process/process-head.ts';
import { chooseProcesses } from './chosen-processes.ts';
import type { FollowRequest } from './follower.ts';
import { checkOperands } from './open-sources.ts';

/**
 * The processes that a command line means, looked up anew each time where they are described.
 *
 * @throws UsageError, SystemError.
 */
export function targetsOf(
  options: ProcessOptions,
  operands: readonly string[],
  root: string,
): FollowRequest {
  checkOperands({ ...options, from: undefined, at: undefined }, operands, true);
  const pids = [...new Set(parsePids(operands))];
  checkProcRoot(root, process.platform);
  const listed = withoutThreads(pids, root);
  const { name, user, all, children } = options;
  if (name === undefined && user === undefined && !all && !children) {
    if (listed.length === 0) throw new UsageError('none of the arguments is a process id');
    const targets = { pids: listed, problems: [] };
    return { listed: new Set(listed), isDescribed: false, targets: () => targets };
  }
  const targets = () => chooseProcesses(root, listed, options);
  // Children come and go with their parents: once all of these are gone, so is what can come.
  const isDescribed = name !== undefined || user !== undefined || all;
  return { listed: new Set(listed), isDescribed, targets };
}

/** Of those that are one process, which may be named by its threads: itself if it is named, or the first. */
function withoutThreads(pids: readonly number[], root: string): number[] {
  const named = new Set(pids);
  const met = new Set<number>();
  return pids.filter((pid) => {
    const processId = processOf(root, pid);
    if (met.has(processId) || (pid !== processId && named.has(processId))) return false;
    met.add(processId);
    return true;
  });
}

function processOf(root: string, pid: number): number {
  try {
    return readProcessHead(root, pid).pid;
  } catch {
    return pid;
  }
}
