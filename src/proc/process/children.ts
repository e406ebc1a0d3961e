import { listPids } from './list.ts';
import { readProcessTextIfReadable } from './process-file.ts';
import { parseStat, type Stat } from './stat.ts';

/**
 * The processes with all their children, grandchildren and so on: first the given ones in their
 * order, also where they do not exist, then one generation after the other, each ascending. None
 * comes twice.
 *
 * Children are found through field 4 of stat, which anyone may read; where /proc is mounted with
 * hidepid, those of other users are not seen. The parent of a process is a process, never a thread.
 *
 * @throws ProblemError when `root` cannot be listed.
 */
export function childrenOf(root: string, pids: readonly number[]): number[] {
  const children = childLists(readStats(root));
  const found = new Set(pids);
  // A set is walked in the order of adding, what is added on the way included; each pid is met once,
  // so parents in a circle, as a copy of /proc could show them, do no harm.
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child);
  return [...found];
}

/** Leaves out processes that ended meanwhile, and those whose stat cannot be read. */
function readStats(root: string): ReadonlyMap<number, Stat> {
  const stats = new Map<number, Stat>();
  for (const pid of listPids(root)) {
    const stat = parseStat(readProcessTextIfReadable(root, pid, 'stat') ?? '');
    if (stat !== undefined) stats.set(pid, stat);
  }
  return stats;
}

/**
 * A parent is never younger than its child: not the one that forked it, and not the init or
 * subreaper that takes in an orphan. A younger one got the id of a parent that ended while the
 * processes were read one by one.
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
