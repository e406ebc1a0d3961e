import { followTargets } from '../sources/follow-targets.ts';
import type { FollowRequest } from '../sources/follower.ts';
import { parsePids } from './options/pid-operands.ts';
import type { ProcessOptions } from './options/shared-options.ts';
import { validateOperands } from './options/validate-options.ts';
import { checkRoot, rootOf } from './source-arguments.ts';

/**
 * The processes to follow over time, from the options and operands of a command line. Processes
 * described by name or user are looked up again at each tick.
 *
 * @throws UsageError, SystemError.
 */
export function followFrom(options: ProcessOptions, operands: readonly string[]): FollowRequest {
  validateOperands({ ...options, from: undefined, at: undefined }, operands, true);
  const root = rootOf(options);
  const pids = parsePids(operands);
  checkRoot(root);
  return followTargets(root, pids, options, process.pid);
}
