import { ProblemError } from '../../model/errors/problem.ts';
import { listPids } from './list.ts';
import { readStat, type Stat } from './stat.ts';

/**
 * The given processes and all their descendants: first the given ids in their order, whether they
 * exist or not, then one generation after the other, each in ascending order. No id appears twice.
 *
 * Children are found by field 4 of stat, which anyone may read. If /proc is mounted with hidepid,
 * other users' processes are not found. The parent of a process is a process, never a thread.
 *
 * @throws ProblemError when `root` cannot be listed.
 */
export function childrenOf(root: string, pids: readonly number[]): number[] {
  const children = childLists(readStats(root));
  const found = new Set(pids);
  // A set iterates in insertion order, including elements added during the iteration. Each pid occurs
  // once, so the loop ends even if processes are each other's parents, as is possible in a copy of /proc.
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child);
  return [...found];
}

/** The stat of each process, by pid; processes that ended or cannot be read are left out. */
function readStats(root: string): ReadonlyMap<number, Stat> {
  const stats = new Map<number, Stat>();
  for (const pid of listPids(root)) {
    try {
      stats.set(pid, readStat(root, pid));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  return stats;
}

/**
 * Children by parent. A parent that is younger than the child is ignored: it reuses the id of a parent
 * that ended while the processes were being read. A real parent is older, and so is the init or
 * subreaper that adopts an orphan.
 */
function childLists(stats: ReadonlyMap<number, Stat>): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  for (const [pid, { parentPid, startTimeTicks }] of stats) {
    const parentStart = stats.get(parentPid)?.startTimeTicks ?? 0;
    if (parentStart > startTimeTicks) continue;
    const list = lists.get(parentPid);
    if (list === undefined) lists.set(parentPid, [pid]);
    else list.push(pid);
  }
  return lists;
}
