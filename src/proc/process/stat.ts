import { existsSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import { ProblemError } from '../../model/errors/problem.ts';
import { processPath, readProcessText, readProcessTextIfReadable } from './process-file.ts';
import { statusValue } from './status.ts';

/** The fields of /proc/PID/stat that tsmap uses. Source: proc_pid_stat(5). */
export interface Stat {
  readonly pid: number;
  /** 0 if the process has no parent, or one outside its pid namespace. */
  readonly parentPid: number;
  readonly comm: ByteString;
  readonly state: string;
  readonly threadCount: number;
  readonly startTimeTicks: number;
  readonly startStack: number;
  /** Size of the address space; 0 for a process without memory, as kernel threads and zombies are. */
  readonly sizeBytes: number;
}

/** Number of the first field after comm; fields are numbered from 1, as in the manual. */
const FIRST_AFTER_COMM = 3;
const PARENT_PID = 4;
const THREAD_COUNT = 20;
const START_TIME = 22;
const SIZE = 23;
const START_STACK = 28;

/**
 * Reads /proc/PID/stat. A copy of /proc may lack it (sosreport): then what `status` and `comm` say.
 *
 * @throws ProblemError when there is no such process, or its stat cannot be read or parsed.
 */
export function readStat(root: string, pid: number): Stat {
  const stat = readIfThere(root, pid);
  if (stat !== undefined) return stat;
  const message = `${processPath(root, pid, 'stat')}: expected 'pid (name) state ...'`;
  throw new ProblemError({ pid, code: 'malformed', message });
}

/**
 * Parses the line of /proc/PID/stat; undefined if it is not in the kernel's format.
 *
 * comm is any text that the process chose, which may contain blanks and `) `; it ends at the last
 * `)`.
 */
export function parseStat(text: ByteString): Stat | undefined {
  const open = text.indexOf(' (');
  const close = text.lastIndexOf(') ');
  const pid = Number(text.slice(0, open));
  if (open < 1 || close < open + 2 || !Number.isInteger(pid)) return undefined;
  const fields = text.slice(close + 2).split(' ');
  const field = (number: number) => fields[number - FIRST_AFTER_COMM] ?? '0';
  return {
    pid,
    parentPid: Number(field(PARENT_PID)),
    comm: text.slice(open + 2, close),
    state: field(FIRST_AFTER_COMM),
    threadCount: Number(field(THREAD_COUNT)),
    startTimeTicks: Number(field(START_TIME)),
    startStack: Number(field(START_STACK)),
    sizeBytes: Number(field(SIZE)),
  };
}

function readIfThere(root: string, pid: number): Stat | undefined {
  try {
    return parseStat(readProcessText(root, pid, 'stat'));
  } catch (error) {
    const isThere = existsSync(`${root}/${pid}`) && !existsSync(processPath(root, pid, 'stat'));
    if (isThere) return statFromStatus(root, pid);
    throw error;
  }
}

/** What a directory without `stat` tells; addresses and start time are not known, and 0. */
function statFromStatus(root: string, pid: number): Stat {
  const status = readProcessTextIfReadable(root, pid, 'status') ?? '';
  const name = statusValue(status, 'Name');
  const comm = readProcessTextIfReadable(root, pid, 'comm')?.replace(/\n$/, '');
  return {
    pid,
    parentPid: Number(statusValue(status, 'PPid') ?? 0),
    comm: name === undefined ? (comm ?? '') : unescaped(name),
    state: statusValue(status, 'State')?.[0] ?? '?',
    threadCount: Number(statusValue(status, 'Threads') ?? 1),
    startTimeTicks: 0,
    startStack: 0,
    sizeBytes: 0,
  };
}

/** In `status`, the kernel writes a newline as `\n` and a backslash twice. */
function unescaped(name: string): string {
  return name.replace(/\\(n|\\)/g, (_, code) => (code === 'n' ? '\n' : '\\'));
}
