import { existsSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import { processPath, readProcessText, readProcessTextIfReadable } from './process-file.ts';
import { lacksMainThread, livingThread, type ProcessPlace, placeOf } from './process-place.ts';
import { readStat } from './stat.ts';
import { statusValue } from './status.ts';

/** Who a process is, and where the files about its memory are. */
export interface LocatedProcess {
  readonly head: ProcessHead;
  readonly place: ProcessPlace;
}

/** As `locateProcess`, without the place. @throws as locateProcess. */
export function readProcessHead(root: string, askedPid: number): ProcessHead {
  return locateProcess(root, askedPid).head;
}

/**
 * Reads what identifies a process from its stat, status and cmdline, which anyone may read. A copy
 * of /proc may lack some of them. If its main thread has ended and others run, state, stack and command
 * line are those of a living thread.
 *
 * @throws ProblemError when there is no such process, or its files cannot be read.
 */
export function locateProcess(root: string, askedPid: number): LocatedProcess {
  const stat = readStat(root, askedPid);
  const thread = lacksMainThread(stat) ? livingThread(root, askedPid) : undefined;
  const { state, startStack } = thread?.stat ?? stat;
  const tgid = statusValue(optionalText(root, askedPid, 'status'), 'Tgid');
  const cmdline =
    thread === undefined
      ? optionalText(root, askedPid, 'cmdline')
      : (readProcessTextIfReadable(root, thread.place.directory, 'cmdline') ?? '');
  const { pid, comm, startTimeTicks } = stat;
  const head = {
    pid: tgid === undefined ? pid : Number(tgid),
    askedPid,
    comm,
    state,
    cmdline,
    startStack,
    startTimeTicks,
  };
  return { head, place: thread?.place ?? placeOf(root, askedPid) };
}

/**
 * The text of a file of an existing process; empty if the file is missing, as in a copy of /proc.
 */
function optionalText(root: string, pid: number, file: string): ByteString {
  return existsSync(processPath(root, pid, file)) ? readProcessText(root, pid, file) : '';
}
