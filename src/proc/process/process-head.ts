import { existsSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import { processPath, readProcessText, readProcessTextIfReadable } from './process-file.ts';
import {
  hasEnded,
  lacksMainThread,
  livingThread,
  type ProcessPlace,
  placeOf,
} from './process-place.ts';
import { readStat } from './stat.ts';
import { statusValue } from './status.ts';

/** Who a process is, where the files about its memory are, and what was read to find out. */
export interface LocatedProcess {
  readonly head: ProcessHead;
  readonly place: ProcessPlace;
  /** The text of its `status`, or that of a living thread; empty if a copy of /proc lacks it. */
  readonly status: ByteString;
  /** Whether it had memory: not so kernel threads and zombies. */
  readonly hadMemory: boolean;
  /** Whether its stat gave its address space a size. */
  readonly hadSize: boolean;
}

/** As `locateProcess`, without the place. @throws as locateProcess. */
export function readProcessHead(root: string, askedPid: number): ProcessHead {
  return locateProcess(root, askedPid).head;
}

/**
 * Reads what identifies a process from its stat, status and cmdline, which anyone may read; each is read
 * once. A copy of /proc may lack some of them. If its main thread has ended and others run, state, stack,
 * status and command line are those of a living thread.
 *
 * @throws ProblemError when there is no such process, or its files cannot be read.
 */
export function locateProcess(root: string, askedPid: number): LocatedProcess {
  const { stat, own, place } = readStats(root, askedPid);
  const textOf = (file: string) =>
    place.directory === String(askedPid)
      ? optionalText(root, askedPid, file)
      : (readProcessTextIfReadable(root, place.directory, file) ?? '');
  const status = textOf('status');
  const tgid = statusValue(status, 'Tgid');
  const { pid, comm, startTimeTicks } = stat;
  const head = {
    pid: tgid === undefined ? pid : Number(tgid),
    askedPid,
    comm,
    state: own.state,
    cmdline: textOf('cmdline'),
    startStack: own.startStack,
    startTimeTicks,
  };
  // A copy of /proc may lack stat, and a thread that is ending has no command line any more.
  const hadMemory = own.sizeBytes > 0 || head.cmdline !== '';
  return { head, place, status, hadMemory, hadSize: own.sizeBytes > 0 };
}

/**
 * Whether a process that was located still runs and still has its memory: it loses that shortly before it
 * becomes a zombie. Reads nothing but its stat.
 *
 * @throws ProblemError when there is no such process any more, or its stat cannot be read.
 */
export function stillRuns(root: string, { head, hadSize }: LocatedProcess): boolean {
  const { stat, own } = readStats(root, head.askedPid);
  if (stat.startTimeTicks !== head.startTimeTicks || hasEnded(own.state)) return false;
  return own.sizeBytes > 0 || !hadSize;
}

/** The stat of a process, and that of a living thread if its main thread has ended. */
function readStats(root: string, askedPid: number) {
  const stat = readStat(root, askedPid);
  const thread = lacksMainThread(stat) ? livingThread(root, askedPid) : undefined;
  return { stat, own: thread?.stat ?? stat, place: thread?.place ?? placeOf(root, askedPid) };
}

/**
 * The text of a file of an existing process; empty if the file is missing, as in a copy of /proc.
 */
function optionalText(root: string, pid: number, file: string): ByteString {
  return existsSync(processPath(root, pid, file)) ? readProcessText(root, pid, file) : '';
}
