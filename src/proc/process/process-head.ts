import { existsSync } from 'node:fs';
import { ProblemError } from '../../model/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import { problemFrom } from '../errno.ts';
import { readWhole } from '../source/byte-source.ts';
import { parseStat } from './stat.ts';
import { statusValue } from './status.ts';

/** Where a process's files are: `root` is `/proc`, a copy of it, or a fixture. */
export function processPath(root: string, pid: number, file: string): string {
  return `${root}/${pid}/${file}`;
}

/**
 * The longest command line that is read. Arguments take at most 6 MiB when a program is started, but
 * a process may point its arguments at all of its memory: hundreds of megabytes.
 */
const LONGEST_CMDLINE = 8 * 1024 * 1024;

/**
 * Reads who a process is: stat, status and cmdline, which anyone may read. Copies of /proc may lack
 * the latter two.
 *
 * @throws ProblemError when there is no such process, or its files cannot be read.
 */
export function readProcessHead(root: string, askedPid: number): ProcessHead {
  const statPath = processPath(root, askedPid, 'stat');
  const stat = parseStat(readText(statPath, askedPid));
  if (stat === undefined) {
    const message = `${statPath}: expected 'pid (name) state ...'`;
    throw new ProblemError({ pid: askedPid, code: 'malformed', message });
  }
  const tgid = statusValue(optionalText(processPath(root, askedPid, 'status'), askedPid), 'Tgid');
  return {
    ...stat,
    pid: tgid === undefined ? stat.pid : Number(tgid),
    askedPid,
    cmdline: optionalText(processPath(root, askedPid, 'cmdline'), askedPid),
  };
}

/** The text of a file that may be missing: whether the process is there, stat has told. */
function optionalText(path: string, pid: number): string {
  return existsSync(path) ? readText(path, pid) : '';
}

function readText(path: string, pid: number): string {
  try {
    return readWhole(path, LONGEST_CMDLINE).toString('latin1');
  } catch (error) {
    throw problemFrom(error, pid, path);
  }
}
