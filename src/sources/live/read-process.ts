import { ProblemError } from '../../model/errors/problem.ts';
import { isStillThere } from '../../model/sample.ts';
import { type LocatedProcess, locateProcess, stillRuns } from '../../proc/process/process-head.ts';
import { type Reading, readUntilSteady } from './read-again.ts';

/** Which process to read. */
export interface ProcessSubject {
  readonly root: string;
  readonly pid: number;
}

/**
 * Reads files of a live process with `read`, between finding out who it is and making sure that it is
 * still the same and still runs: stat is read twice for that, status and cmdline once. Reads again if
 * the map changed meanwhile (see readUntilSteady).
 *
 * @throws ProblemError when the process does not exist, ends meanwhile, even if another process has its
 *   pid then, or may not be read.
 */
export function readProcess<T extends Reading>(
  { root, pid }: ProcessSubject,
  read: (located: LocatedProcess) => T,
): T {
  return readUntilSteady(() => {
    const located = locateProcess(root, pid);
    const { head } = located;
    if (!isStillThere(head, head)) throw ended(pid);
    const reading = read(located);
    if (!stillRuns(root, located)) throw ended(pid);
    return { ...reading, isEmptied: reading.isEmptied === true && located.hadMemory };
  });
}

/** The error for a process that has ended; a zombie counts, since it has no memory any more. */
export function ended(pid: number): ProblemError {
  return new ProblemError({ pid, code: 'no-such-process', message: 'no such process (it ended)' });
}
