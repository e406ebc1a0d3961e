import type { ReaderNotes } from '../proc/maps/mapping-reader.ts';

/** How many times a map that changed while it was read is read again. */
const READ_AGAIN = 5;

/**
 * Reads a map, again if it changed meanwhile: its addresses went backwards, or it ended in the middle
 * of a record. Returns the last reading: the first one without changes, if there is one.
 *
 * `mayRepeat` is called before each repetition. It can discard the output of the previous reading, or
 * return false to keep it.
 */
export function readUntilSteady<T extends { readonly notes: ReaderNotes }>(
  read: () => T,
  mayRepeat: () => boolean = () => true,
): T {
  for (let left = READ_AGAIN; ; left--) {
    const reading = read();
    const { wentBackwards, wasCut } = reading.notes;
    if ((!wentBackwards && !wasCut) || left === 0 || !mayRepeat()) return reading;
  }
}
