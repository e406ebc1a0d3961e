import { type ByteString, fromByteString } from '../../model/byte-string.ts';
import { isProblemError, type Problem } from '../../model/problem.ts';
import { listPids } from './list.ts';
import { readProcessText } from './process-file.ts';
import { readStat } from './stat.ts';
import { uidOf } from './users.ts';

/** Which processes are wanted: those that meet every criterion that is given; none without one. */
export interface Criteria {
  /**
   * What the name must contain, anywhere unless anchored. It is the user's own and may be slow in
   * the worst case (JavaScript's expressions backtrack), as a name of 15 characters bounds it and a
   * command line of 128 KiB does not. In pgrep `.` matches a newline in a name: give the flag `s`.
   */
  readonly name?: RegExp;
  /** Whether `name` is matched against the whole command line, its arguments joined by blanks. */
  readonly full?: boolean;
  /** The effective user id (see uidOf). */
  readonly uid?: number;
  /** Every process, where nothing else is asked for. */
  readonly all?: boolean;
}

/** The processes that were chosen, and those of which it could not be told. */
export interface Selection {
  /** Ascending. */
  readonly pids: number[];
  readonly unreadable: Problem[];
}

/**
 * Chooses processes by pgrep's rules: the name is the kernel's, at most 15 bytes (longer for kernel
 * workers), upper and lower case differ, kernel threads and zombies count, and the one that asks
 * never does. A process that ends meanwhile is left out; one that cannot be read is named.
 *
 * @throws ProblemError when `root` cannot be listed.
 */
export function selectProcesses(
  root: string,
  criteria: Criteria,
  { ownPid }: { readonly ownPid: number },
): Selection {
  const selection: Selection = { pids: [], unreadable: [] };
  if (!isAsking(criteria)) return selection;
  for (const pid of listPids(root)) {
    if (pid === ownPid) continue;
    try {
      if (meets(root, pid, criteria)) selection.pids.push(pid);
    } catch (error) {
      if (!isProblemError(error)) throw error;
      if (error.problem.code !== 'no-such-process') selection.unreadable.push(error.problem);
    }
  }
  return selection;
}

function isAsking({ name, uid, all = false }: Criteria): boolean {
  return all || name !== undefined || uid !== undefined;
}

function meets(root: string, pid: number, { name, full = false, uid }: Criteria): boolean {
  if (uid !== undefined && uidOf(root, pid) !== uid) return false;
  if (name === undefined) return true;
  const text = full ? commandLine(root, pid) : readStat(root, pid).comm;
  // Not test(): that goes on from where a global expression last matched.
  return fromByteString(text).search(name) >= 0;
}

/**
 * As pgrep and ps have it: a newline is a blank as well, and where there are no arguments it is the
 * name in brackets, for a zombie with `<defunct>` behind.
 */
function commandLine(root: string, pid: number): ByteString {
  const args = readProcessText(root, pid, 'cmdline').replace(/\0+$/, '');
  if (args !== '') return args.replace(/[\0\n]/g, ' ');
  const { comm, state } = readStat(root, pid);
  return state === 'Z' ? `[${comm}] <defunct>` : `[${comm}]`;
}
