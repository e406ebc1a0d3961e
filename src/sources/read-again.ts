import type { ReaderNotes } from '../proc/maps/mapping-reader.ts';

/** How often a map that changes while it is being read is read again. */
const MAX_REPEATS = 5;

/**
 * Reads a map; reads it again if it changed meanwhile, that is, if its addresses went backwards or it
 * ended in the middle of a record. Returns the first reading without a change, or else the last one.
 *
 * `mayRepeat` is called before each repetition. It can discard the output of the previous reading, or
 * return false to keep it.
 */
export function readUntilSteady<T extends { readonly notes: ReaderNotes }>(
  read: () => T,
  mayRepeat: () => boolean = () => true,
): T {
  for (let left = MAX_REPEATS; ; left--) {
    const reading = read();
    const { wentBackwards, wasCut } = reading.notes;
    if ((!wentBackwards && !wasCut) || left === 0 || !mayRepeat()) return reading;
  }
}
