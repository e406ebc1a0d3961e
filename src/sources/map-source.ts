import { processErrorFrom } from '../model/errno.ts';
import type { FieldSlots } from '../model/fields.ts';
import type { Problem, ProblemError } from '../model/problem.ts';
import type { ProcessHead } from '../model/process.ts';
import type { MappingReader, WantedFields } from '../proc/maps/mapping-reader.ts';
import { mapFileOf, openMappings } from '../proc/maps/open-mappings.ts';
import { sharedMemoryDevices } from '../proc/process/mountinfo.ts';
import { processPath } from '../proc/process/process-file.ts';
import { readProcessHead } from '../proc/process/process-head.ts';
import type { RecordedSample } from '../recording/read/decode.ts';

/** Something whose mappings can be read: a process, or a file that was saved from one. */
export interface MapSource {
  /** Whose problems they are. */
  readonly subject: Pick<Problem, 'pid' | 'subject'>;
  /** Whether a reading that does not fit together can be done again. */
  readonly canReadAgain: boolean;
  /** @throws ProblemError */
  head(): ProcessHead;
  /** @throws ProblemError */
  open(wanted: WantedFields): MappingReader;
  /** What messages call the file that is read for these fields. */
  path(wanted: WantedFields): string;
  /** What an error of reading means. */
  problem(error: unknown, wanted: WantedFields): ProblemError;
  isSharedMemoryDevice(major: number, minor: number): boolean;
  /** The sample that it is, where it was recorded. */
  readonly recorded?: RecordedSample;
}

/** A process below `root`; `slots` gives the fields of its readings their slots. */
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
