import type { ByteString } from '../../model/byte-string.ts';
import { ProblemError } from '../../model/problem.ts';
import { processPath, readProcessText } from './process-file.ts';

/** What tsmap takes from /proc/PID/stat. Source: proc_pid_stat(5). */
export interface Stat {
  readonly pid: number;
  /** 0 where the parent is outside of the pid namespace, and for the first processes. */
  readonly parentPid: number;
  readonly comm: ByteString;
  readonly state: string;
  readonly startTimeTicks: number;
  readonly startStack: number;
}

/** Fields are counted from 1 in the manual; behind comm the first is number 3. */
const FIRST_BEHIND_COMM = 3;
const PARENT_PID = 4;
const START_TIME = 22;
const START_STACK = 28;

/**
 * Reads /proc/PID/stat.
 *
 * @throws ProblemError when there is no such process, or its stat cannot be read or parsed.
 */
export function readStat(root: string, pid: number): Stat {
  const stat = parseStat(readProcessText(root, pid, 'stat'));
  if (stat !== undefined) return stat;
  const message = `${processPath(root, pid, 'stat')}: expected 'pid (name) state ...'`;
  throw new ProblemError({ pid, code: 'malformed', message });
}

/**
 * Parses the line of /proc/PID/stat; undefined where it does not have the kernel's form.
 *
 * comm is whatever the process called itself, blanks and `) ` included: it ends at the last `)`.
 */
export function parseStat(text: ByteString): Stat | undefined {
  const open = text.indexOf(' (');
  const close = text.lastIndexOf(') ');
  const pid = Number(text.slice(0, open));
  if (open < 1 || close < open + 2 || !Number.isInteger(pid)) return undefined;
  const fields = text.slice(close + 2).split(' ');
  const field = (number: number) => fields[number - FIRST_BEHIND_COMM] ?? '0';
  return {
    pid,
    parentPid: Number(field(PARENT_PID)),
    comm: text.slice(open + 2, close),
    state: field(FIRST_BEHIND_COMM),
    startTimeTicks: Number(field(START_TIME)),
    startStack: Number(field(START_STACK)),
  };
}
