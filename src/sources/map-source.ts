import type { ByteString } from '../model/byte-string.ts';
import type { Problem, ProblemError } from '../model/errors/problem.ts';
import type { FieldSlots } from '../model/fields.ts';
import type { ProcessHead } from '../model/process.ts';
import type { MappingReader, WantedFields } from '../proc/maps/mapping-reader.ts';
import { mapFileOf, openMappings } from '../proc/maps/open-mappings.ts';
import type { Rollup } from '../proc/maps/rollup.ts';
import { sharedMemoryDevices } from '../proc/process/mountinfo.ts';
import { locateProcess } from '../proc/process/process-head.ts';
import {
  type ProcessPlace,
  placeErrorFrom,
  placeOf,
  placePath,
} from '../proc/process/process-place.ts';
import type { RecordedSample } from '../recording/read/decode.ts';

/** Something whose mappings can be read: a process, a saved maps or smaps, a recorded sample. */
export interface MapSource {
  /** The process or file that problems are reported for. */
  readonly subject: Pick<Problem, 'pid' | 'subject'>;
  /** Whether it can be read again if the map changed meanwhile. */
  readonly canReadAgain: boolean;
  /** Whether the user named it. It is no problem if any other process ends before it is read. */
  readonly isNamed: boolean;
  /** @throws ProblemError */
  head(): ProcessHead;
  /** Where the files of a live process are, as `head` last found. */
  place?(): ProcessPlace;
  /**
   * Whether a live process had memory when `head` was read. If it then has no mapping, its memory was
   * given back meanwhile.
   */
  hadMemory?(): boolean;
  /** The text of a live process's status, as `head` last found; empty if a copy of /proc lacks it. */
  status?(): ByteString;
  /** @throws ProblemError */
  open(wanted: WantedFields): MappingReader;
  /** The name, for messages, of the file that is read for these fields. */
  path(wanted: WantedFields): string;
  /** The totals, if it has nothing else: a saved smaps_rollup. @throws ProblemError */
  totals?(): Rollup;
  /** Translates an error of `open` or of reading. */
  problem(error: unknown, wanted: WantedFields): ProblemError;
  isSharedMemoryDevice(major: number, minor: number): boolean;
  /** The sample, if it is a recorded one. */
  readonly recorded?: RecordedSample;
}

/** Whether a problem is only that a process has ended which the user had not named. */
export function isEndOfUnnamed({ isNamed }: MapSource, { problem }: ProblemError): boolean {
  return !isNamed && problem.code === 'no-such-process';
}

/**
 * A process below `root`. `head` also finds out where its files are, which changes when its main thread
 * ends. `slots` gives fields their slots.
 */
export function processSource(
  root: string,
  pid: number,
  slots: FieldSlots,
  isNamed = true,
): MapSource {
  let place = placeOf(root, pid);
  let status = '';
  let hadMemory = false;
  const path = (wanted: WantedFields) => placePath(place, mapFileOf(place, wanted));
  return {
    subject: { pid },
    canReadAgain: true,
    isNamed,
    head: () => {
      const located = locateProcess(root, pid);
      place = located.place;
      status = located.status;
      hadMemory = located.hadMemory;
      return located.head;
    },
    place: () => place,
    hadMemory: () => hadMemory,
    status: () => status,
    open: (wanted) => openMappings(place, wanted, slots),
    path,
    problem: (error, wanted) => placeErrorFrom(error, place, mapFileOf(place, wanted)),
    isSharedMemoryDevice: lazily(() => sharedMemoryDevices(place)),
  };
}

/** Makes the function on its first use, when the place is known. */
function lazily(make: () => MapSource['isSharedMemoryDevice']): MapSource['isSharedMemoryDevice'] {
  let made: MapSource['isSharedMemoryDevice'] | undefined;
  return (major, minor) => {
    made ??= make();
    return made(major, minor);
  };
}
