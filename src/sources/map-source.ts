import { processErrorFrom } from '../model/errors/errno.ts';
import type { Problem, ProblemError } from '../model/errors/problem.ts';
import type { FieldSlots } from '../model/fields.ts';
import type { ProcessHead } from '../model/process.ts';
import type { MappingReader, WantedFields } from '../proc/maps/mapping-reader.ts';
import { mapFileOf, openMappings } from '../proc/maps/open-mappings.ts';
import { sharedMemoryDevices } from '../proc/process/mountinfo.ts';
import { processPath } from '../proc/process/process-file.ts';
import { readProcessHead } from '../proc/process/process-head.ts';
import type { RecordedSample } from '../recording/read/decode.ts';

/** Something whose mappings can be read: a process, a saved maps or smaps, a recorded sample. */
export interface MapSource {
  /** The process or file that problems are reported for. */
  readonly subject: Pick<Problem, 'pid' | 'subject'>;
  /** Whether it can be read again if the map changed meanwhile. */
  readonly canReadAgain: boolean;
  /** @throws ProblemError */
  head(): ProcessHead;
  /** @throws ProblemError */
  open(wanted: WantedFields): MappingReader;
  /** The name, for messages, of the file that is read for these fields. */
  path(wanted: WantedFields): string;
  /** Translates an error of `open` or of reading. */
  problem(error: unknown, wanted: WantedFields): ProblemError;
  isSharedMemoryDevice(major: number, minor: number): boolean;
  /** The sample, if it is a recorded one. */
  readonly recorded?: RecordedSample;
}

/** A process below `root`. `slots` gives fields their slots. */
export function processSource(root: string, pid: number, slots: FieldSlots): MapSource {
  const path = (wanted: WantedFields) => processPath(root, pid, mapFileOf(root, pid, wanted));
  return {
    subject: { pid },
    canReadAgain: true,
    head: () => readProcessHead(root, pid),
    open: (wanted) => openMappings(root, pid, wanted, slots),
    path,
    problem: (error, wanted) => processErrorFrom(error, pid, path(wanted)),
    isSharedMemoryDevice: sharedMemoryDevices(root, pid),
  };
}
