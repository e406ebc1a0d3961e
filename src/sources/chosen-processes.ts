import type { Options } from '../cli/options/options.ts';
import type { Problem } from '../model/problem.ts';
import { UsageError } from '../model/usage-error.ts';
import { childrenOf } from '../proc/process/list.ts';
import { selectProcesses } from '../proc/process/select.ts';
import { Users } from '../proc/process/users.ts';

/** The processes that a command line names or describes. */
export interface ChosenProcesses {
  readonly pids: readonly number[];
  /** Processes of which it could not be told whether they are meant. */
  readonly problems: readonly Problem[];
  /** Nothing met the description: a message, and status 42. */
  readonly noMatch: boolean;
}

type Description = Pick<Options, 'name' | 'full' | 'user' | 'children' | 'all'>;

/**
 * The processes that are listed, in their order, then those that are described.
 *
 * @throws UsageError for an unknown user.
 */
export function chooseProcesses(
  root: string,
  listed: readonly number[],
  options: Description,
): ChosenProcesses {
  const described = describe(root, options);
  const chosen = [...listed, ...described.pids.filter((pid) => !listed.includes(pid))];
  return {
    // The one that asks is never meant, also where it is a child of what is.
    pids: options.children ? childrenOf(root, chosen).filter((pid) => pid !== process.pid) : chosen,
    problems: described.unreadable,
    noMatch: chosen.length === 0,
  };
}

function describe(root: string, { name, full, user, all }: Description) {
  const criteria = {
    ...(name === undefined ? {} : { name }),
    ...(user === undefined ? {} : { uid: uidOfUser(user) }),
    full,
    all,
  };
  return selectProcesses(root, criteria, { ownPid: process.pid });
}

function uidOfUser(user: string): number {
  const uid = new Users().uidFromName(user);
  if (uid === undefined) throw new UsageError(`--user: there is no user '${user}'`);
  return uid;
}
