import { expect, test } from 'vitest';
import type { ReaderNotes } from '../../../../src/proc/maps/mapping-reader.ts';
import { readUntilSteady } from '../../../../src/sources/live/read-again.ts';

const STEADY: ReaderNotes = {
  malformed: undefined,
  malformedCount: 0,
  wentBackwards: false,
  wasCut: false,
};
const BACKWARDS: ReaderNotes = { ...STEADY, wentBackwards: true };
const CUT: ReaderNotes = { ...STEADY, wasCut: true };

/** Reads maps with these notes, one after the other; returns the number of the last reading. */
function reading(notes: readonly ReaderNotes[]) {
  let count = 0;
  return () => ({ notes: notes[count] ?? BACKWARDS, number: ++count });
}

test.each([
  ['that fits together at once', [STEADY], 1],
  ['that changes once', [BACKWARDS, STEADY], 2],
  ['that is cut, then changes', [CUT, BACKWARDS, STEADY], 3],
  ['that always changes', [], 6],
])('a map %s is read as often as needed', (_, notes, expected) => {
  expect(readUntilSteady(reading(notes)).number).toBe(expected);
});

test('a reading is not repeated after an error', () => {
  let asked = 0;
  const mayRepeat = () => ++asked < 3;
  expect(readUntilSteady(reading([]), mayRepeat).number).toBe(3);
  expect(readUntilSteady(reading([STEADY]), mayRepeat).number).toBe(1);
  expect(asked).toBe(3);
});
