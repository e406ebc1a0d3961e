import { readdirSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import { fileErrorFrom } from '../../model/errno.ts';
import { readProcessTextIfReadable } from './process-file.ts';
import { parseStat } from './stat.ts';

/**
 * The ids of all processes, ascending. Threads are not among them: /proc does not list them.
 *
 * @throws ProblemError when `root` cannot be listed.
 */
export function listPids(root: string): number[] {
  try {
    return readdirSync(root)
      .filter((name) => /^[1-9][0-9]*$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  } catch (error) {
    throw fileErrorFrom(error, root);
  }
}

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
  const links = readLinks(root);
  const children = childLists(links);
  const found = new Set(pids);
  // A set is walked in the order of adding, what is added on the way included; each pid is met once,
  // so parents in a circle, as a copy of /proc could show them, do no harm.
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child);
  return [...found];
}

/** Who a process's parent is, and when it started, in clock ticks since boot. */
interface Link {
  readonly parent: number;
  readonly startTimeTicks: number;
}

function readLinks(root: string): ReadonlyMap<number, Link> {
  const links = new Map<number, Link>();
  for (const pid of listPids(root)) {
    const link = linkOf(root, pid);
    if (link !== undefined) links.set(pid, link);
  }
  return links;
}

/** Undefined for a process that ended meanwhile, and for one that must not be read. */
function linkOf(root: string, pid: number): Link | undefined {
  const text = readProcessTextIfReadable(root, pid, 'stat') ?? '';
  const stat = parseStat(text);
  const parent = parsePpid(text);
  if (stat === undefined || parent === undefined) return undefined;
  return { parent, startTimeTicks: stat.startTimeTicks };
}

/**
 * A parent is never younger than its child: not the one that forked it, and not the init or
 * subreaper that takes in an orphan. A younger one got the id of a parent that ended while the
 * processes were read one by one.
 */
function childLists(links: ReadonlyMap<number, Link>): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  for (const [pid, { parent, startTimeTicks }] of links) {
    const parentStart = links.get(parent)?.startTimeTicks ?? 0;
    if (parentStart > startTimeTicks) continue;
    const list = lists.get(parent);
    if (list === undefined) lists.set(parent, [pid]);
    else list.push(pid);
  }
  return lists;
}

/**
 * The parent's id in the line of /proc/PID/stat (field 4 of proc_pid_stat(5)), 0 for a process
 * whose parent is outside of the pid namespace; undefined where the line does not have that form.
 */
export function parsePpid(text: ByteString): number | undefined {
  const behindComm = text.slice(text.lastIndexOf(') ') + 2);
  const digits = /^\S (\d+)(?: |$)/.exec(behindComm)?.[1];
  return text.includes(') ') && digits !== undefined ? Number(digits) : undefined;
}
