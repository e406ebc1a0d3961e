import { ProblemError, ThreadEndedError } from '../../model/errors/problem.ts';
import { NOTHING_WRONG, type ReaderNotes } from '../../proc/maps/mapping-reader.ts';

/** How often a map that changes while it is being read is read again. */
const MAX_REPEATS = 5;
/** How often the next thread is tried: a pool may end and start threads faster than one can be read. */
const MAX_THREADS = 50;

/** What a reading tells about itself. */
export interface Reading {
  readonly notes: ReaderNotes;
  /** There was no mapping although the process had memory: its main thread ended meanwhile. */
  readonly isEmptied?: boolean;
}

/**
 * Reads a map; reads it again if it changed meanwhile, that is, if its addresses went backwards, it ended
 * in the middle of a record, or the thread ended whose files were read. Returns the first reading without
 * a change, or else the last one. Each reading should find out anew where the process's files are.
 *
 * `mayRepeat` is called before each repetition. It can discard the output of the previous reading, or
 * return false to keep it.
 *
 * @throws what `read` throws.
 */
export function readUntilSteady<T extends Reading>(
  read: () => T,
  mayRepeat: () => boolean = () => true,
): T {
  let threadsLeft = MAX_THREADS;
  for (let left = MAX_REPEATS; ; ) {
    try {
      const reading = read();
      if (isSteady(reading) || left-- === 0 || !mayRepeat()) return reading;
    } catch (error) {
      if (!(error instanceof ThreadEndedError)) throw error;
      if (threadsLeft-- === 0 || !mayRepeat()) throw tooFast(error);
    }
  }
}

/** The process has not ended: nothing may say so. */
function tooFast({ problem }: ThreadEndedError): ProblemError {
  const message = 'its main thread has ended, and others end before they can be read: try again';
  return new ProblemError({ ...problem, code: 'read-error', message });
}

function isSteady({ notes, isEmptied = false }: Reading): boolean {
  return !notes.wentBackwards && !notes.wasCut && !isEmptied;
}

/** Reads something else of a process; reads it again if the thread ended whose files were read. */
export function readUntilLocated<T>(read: () => T): T {
  return readUntilSteady(() => ({ value: read(), notes: NOTHING_WRONG })).value;
}
