import { expect, test } from 'vitest';
import { beyond, readLimits } from '../../../../src/recording/read/limits.ts';

const MIB = 1024 * 1024;

test('the limits follow the heap, and a line is never longer than 256 MiB', () => {
  const inMib = (heapMib: number) => {
    const { line, head, moment, rows } = readLimits(heapMib * MIB);
    return [line, head, moment, rows].map(({ bytes }) => bytes / MIB);
  };
  expect(inMib(4144)).toEqual([256, 32, 1024, 988]);
  expect(inMib(1216)).toEqual([128, 16, 512, 256]);
  expect(inMib(128)).toEqual([4, 0.5, 16, 8]);
});

test('more memory is advised only where it helps', () => {
  const small = readLimits(128 * MIB);
  const large = readLimits(8192 * MIB);
  expect(beyond('has', small.line).message).toBe(
    'has more than 4.0 MiB, the limit: give Node more memory with NODE_OPTIONS=--max-old-space-size=256',
  );
  expect(beyond('has', large.line).message).toBe(
    'has more than 256.0 MiB, the limit: record less of it with --by',
  );
});
