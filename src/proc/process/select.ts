import { type ByteString, fromByteString } from '../../model/byte-string.ts';
import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import { listPids } from './list.ts';
import { readProcessTextIfReadable } from './process-file.ts';
import { readProcessHead } from './process-head.ts';
import { lacksMainThread } from './process-place.ts';
import { realName } from './real-name.ts';
import { readStat } from './stat.ts';
import { uidOf } from './users.ts';

/** Criteria for selecting processes, which must meet all of them; without any, none is selected. */
export interface Criteria {
  /**
   * A pattern for the name, matching anywhere unless it is anchored. It comes from the user and may
   * be slow, because JavaScript's expressions backtrack: a name of 15 characters limits that, a
   * command line of 128 KiB does not. As in pgrep, `.` should match a newline: use the flag `s`.
   */
  readonly name?: RegExp;
  /** Match `name` against the whole command line, with its arguments joined by blanks. */
  readonly full?: boolean;
  /** Effective user id (see uidOf). */
  readonly uid?: number;
  /** Select every process that meets the other criteria, even if there are none. */
  readonly all?: boolean;
}

/** The selected processes, and problems of processes that could not be checked. */
export interface Selection {
  /** Ascending. */
  readonly pids: number[];
  /** One problem for each process that could not be read. */
  readonly unreadable: Problem[];
}

/**
 * Selects processes by pgrep's rules: names are the kernel's, of at most 15 bytes (more for kernel
 * workers), and case matters; kernel threads and zombies count; the calling process (`ownPid`) does
 * not. Unlike in pgrep, a program whose name the kernel has cut also has its own name (see realName).
 * A process that ends meanwhile is left out; one that cannot be read becomes a problem.
 *
 * @throws ProblemError when `root` cannot be listed.
 */
export function selectProcesses(
  root: string,
  criteria: Criteria,
  { ownPid }: { readonly ownPid: number },
): Selection {
  const selection: Selection = { pids: [], unreadable: [] };
  if (!hasCriterion(criteria)) return selection;
  for (const pid of listPids(root)) {
    if (pid === ownPid) continue;
    try {
      if (meets(root, pid, criteria)) selection.pids.push(pid);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.code !== 'no-such-process') selection.unreadable.push(error.problem);
    }
  }
  return selection;
}

function hasCriterion({ name, uid, all = false }: Criteria): boolean {
  return all || name !== undefined || uid !== undefined;
}

function meets(root: string, pid: number, { name, full = false, uid }: Criteria): boolean {
  if (uid !== undefined && uidOf(root, pid) !== uid) return false;
  if (name === undefined) return true;
  // Not test(), which would start where a global expression last matched.
  const matches = (text: ByteString) => fromByteString(text).search(name) >= 0;
  if (full) return matches(commandLine(root, pid));
  const { comm } = readStat(root, pid);
  return matches(comm) || matches(realName(root, pid, comm) ?? comm);
}

/**
 * The command line as pgrep and ps see it: newlines are blanks, too, and without arguments it is
 * the name in brackets, followed by `<defunct>` for a zombie.
 */
function commandLine(root: string, pid: number): ByteString {
  const own = readProcessTextIfReadable(root, pid, 'cmdline') ?? '';
  const stat = own === '' ? readStat(root, pid) : undefined;
  // Only a living thread has the command line of a process whose main thread has ended.
  const isHeadless = stat !== undefined && lacksMainThread(stat);
  const cmdline = isHeadless ? readProcessHead(root, pid).cmdline : own;
  const args = cmdline.replace(/\0+$/, '');
  if (args !== '' || stat === undefined) return args.replace(/[\0\n]/g, ' ');
  const { comm, state } = stat;
  return state === 'Z' ? `[${comm}] <defunct>` : `[${comm}]`;
}
