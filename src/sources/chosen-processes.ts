import type { Problem } from '../model/errors/problem.ts';
import { UsageError } from '../model/errors/usage-error.ts';
import { childrenOf } from '../proc/process/children.ts';
import { selectProcesses } from '../proc/process/select.ts';
import { Users } from '../proc/process/users.ts';
import type { ProcessDescription } from './process-description.ts';

/** Processes that are listed by number or match a description. */
export interface ChosenProcesses {
  readonly pids: readonly number[];
  /** Processes that could not be checked against the description. */
  readonly problems: readonly Problem[];
  /** No process is listed or matches. */
  readonly noMatch: boolean;
}

/**
 * The listed processes in their order, then the other processes that match the description. `ownPid` is
 * tsmap's own process id.
 *
 * @throws UsageError for an unknown user.
 */
export function chooseProcesses(
  root: string,
  listed: readonly number[],
  description: ProcessDescription,
  ownPid: number,
): ChosenProcesses {
  const described = select(root, description, ownPid);
  const chosen = [...listed, ...described.pids.filter((pid) => !listed.includes(pid))];
  return {
    // tsmap itself is never chosen, not even as a child of a chosen process.
    pids: description.children ? childrenOf(root, chosen).filter((pid) => pid !== ownPid) : chosen,
    problems: described.unreadable,
    noMatch: chosen.length === 0,
  };
}

function select(root: string, { name, full, user, all }: ProcessDescription, ownPid: number) {
  const criteria = {
    ...(name === undefined ? {} : { name }),
    ...(user === undefined ? {} : { uid: uidOfUser(user) }),
    full,
    all,
  };
  return selectProcesses(root, criteria, { ownPid });
}

function uidOfUser(user: string): number {
  const uid = new Users().uidFromName(user);
  if (uid === undefined) throw new UsageError(`--user: there is no user '${user}'`);
  return uid;
}
