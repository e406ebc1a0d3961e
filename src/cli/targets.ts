import type { FollowRequest } from '../commands/follower.ts';
import { parsePids } from './pid.ts';
import { chooseProcesses } from './process-choice.ts';
import type { ProcessOptions } from './process-options.ts';
import { checkOperands } from './sources.ts';
import { checkProcRoot } from './system-check.ts';
import { UsageError } from './usage-error.ts';

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
  const listed = [...new Set(parsePids(operands))];
  checkProcRoot(root, process.platform);
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
