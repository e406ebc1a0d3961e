import type { ReaderNotes } from '../proc/maps/mapping-reader.ts';

/** How often a map that changes while it is read is read again. */
const READ_AGAIN = 5;

/**
 * Reads a map, and reads it again where it changed meanwhile: its addresses went backwards, or it
 * ended in the middle of a record. Returns the last reading, which is the first that fits together
 * unless all of them changed or `mayRepeat` refused.
 *
 * `mayRepeat` is asked before each repetition; it is the place to take back what came of a reading.
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
