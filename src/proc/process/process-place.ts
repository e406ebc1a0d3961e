import { readdirSync } from 'node:fs';
import { processErrorFrom } from '../../model/errors/errno.ts';
import { type ProblemError, ThreadEndedError } from '../../model/errors/problem.ts';
import { readProcessTextIfReadable } from './process-file.ts';
import { parseStat, type Stat } from './stat.ts';

/**
 * Where the files about a process's memory are.
 *
 * Normally that is the directory of the process. When its main thread has ended (pthread_exit) and others
 * run on, `maps`, `smaps` and `cmdline` there are empty and `smaps_rollup` fails with ESRCH, although the
 * process has all its memory; then it is the directory of a living thread, below `task`. That has maps,
 * smaps, smaps_rollup, cmdline, stat, mountinfo, exe, root and cwd, but no map_files (Linux 6.18).
 */
export interface ProcessPlace {
  readonly root: string;
  /** The id that was asked for, for messages. */
  readonly pid: number;
  /** Below `root`: `123`, or `123/task/124`. */
  readonly directory: string;
}

/** The directory of a process itself. */
export function placeOf(root: string, pid: number): ProcessPlace {
  return { root, pid, directory: String(pid) };
}

/** The path of a file in the directory. */
export function placePath({ root, directory }: ProcessPlace, file: string): string {
  return `${root}/${directory}/${file}`;
}

/**
 * Translates an error of open(2) or read(2) on a file in the directory; as processErrorFrom, but a
 * thread that has ended is told apart from a process.
 */
export function placeErrorFrom(error: unknown, place: ProcessPlace, file: string): ProblemError {
  const found = processErrorFrom(error, place.pid, placePath(place, file));
  const isThread = place.directory.includes('/');
  const { problem } = found;
  return isThread && problem.code === 'no-such-process' ? new ThreadEndedError(problem) : found;
}

/** Whether a process has no main thread any more, but others. */
export function lacksMainThread({ state, threadCount }: Stat): boolean {
  return hasEnded(state) && threadCount > 1;
}

/**
 * The first living thread of a process whose main thread has ended, with its stat; undefined if it has no
 * others. There may be thousands, so no more are read than necessary.
 *
 * @throws ThreadEndedError if others are listed, but none of them lives any more.
 */
export function livingThread(
  root: string,
  pid: number,
): { readonly place: ProcessPlace; readonly stat: Stat } | undefined {
  const ids = threadIds(root, pid);
  for (const tid of ids) {
    const directory = `${pid}/task/${tid}`;
    const stat = parseStat(readProcessTextIfReadable(root, directory, 'stat') ?? '');
    // A thread gives its memory back before its state says that it has ended.
    if (stat !== undefined && !hasEnded(stat.state) && stat.sizeBytes > 0) {
      return { place: { root, pid, directory }, stat };
    }
  }
  if (ids.length === 0) return undefined;
  // A pool may have replaced all of them since they were listed.
  throw new ThreadEndedError({ pid, code: 'no-such-process', message: 'no such process' });
}

/** Whether a state is that of a process or thread that has ended. */
export function hasEnded(state: string): boolean {
  return state === 'Z' || state === 'X';
}

function threadIds(root: string, pid: number): string[] {
  try {
    return readdirSync(`${root}/${pid}/task`).filter((name) => name !== String(pid));
  } catch {
    return [];
  }
}
