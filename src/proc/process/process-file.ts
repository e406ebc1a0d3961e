import { existsSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import { processErrorFrom } from '../../model/errors/errno.ts';
import { readWhole, readWholeIfReadable } from '../source/byte-source.ts';

/**
 * The longest text that is read. Only cmdline can be longer: arguments take at most 6 MiB when a
 * program starts, but a process may declare any part of its memory, even hundreds of megabytes, to
 * be its arguments.
 */
const LONGEST_BYTES = 8 * 1024 * 1024;

/**
 * The path of a process's file; `root` is `/proc`, a copy of it, or a fixture. For a thread, `pid` is a
 * path such as `123/task/124`.
 */
export function processPath(root: string, pid: number | string, file: string): string {
  return `${root}/${pid}/${file}`;
}

/** Whether there is such a process. A copy of /proc may lack any of its files. */
export function processExists(root: string, pid: number): boolean {
  return existsSync(`${root}/${pid}`);
}

/**
 * The bytes of a small file of a process, such as stat.
 *
 * @throws ProblemError when there is no such process, or the file cannot be read.
 */
export function readProcessText(root: string, pid: number, file: string): ByteString {
  const path = processPath(root, pid, file);
  try {
    return readWhole(path, LONGEST_BYTES).toString('latin1');
  } catch (error) {
    throw processErrorFrom(error, pid, path);
  }
}

/** As readProcessText, but undefined when the file is missing or cannot be read. */
export function readProcessTextIfReadable(
  root: string,
  pid: number | string,
  file: string,
): ByteString | undefined {
  return readWholeIfReadable(processPath(root, pid, file))?.toString('latin1');
}
