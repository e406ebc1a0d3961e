import { getHeapStatistics } from 'node:v8';
import { fileError } from '../../model/errors/file-error.ts';
import type { MappingReader } from '../../proc/maps/mapping-reader.ts';

/** How often memory is looked at: a few thousand mappings take a megabyte or two. */
const EVERY = 4096;
/** The share of the heap's limit, and the bytes outside the heap, that a report may take. */
const MAX_HEAP_SHARE = 0.8;
const MAX_OUTSIDE_BYTES = 2 * 1024 ** 3;

/**
 * A reader that refuses to go on when memory runs out, instead of letting Node abort. Reports that keep
 * nothing never get there, whatever the size of the file.
 *
 * Its `next` throws a ProblemError about `file`.
 */
export function boundedReader(reader: MappingReader, file: string): MappingReader {
  let count = 0;
  return {
    vocabulary: reader.vocabulary,
    notes: reader.notes,
    next: () => {
      if (++count % EVERY === 0 && isFull()) throw tooLarge(file, count);
      return reader.next();
    },
    close: () => reader.close(),
  };
}

function isFull(): boolean {
  const { used_heap_size, heap_size_limit, external_memory, malloced_memory } = getHeapStatistics();
  const isHeapFull = used_heap_size > heap_size_limit * MAX_HEAP_SHARE;
  return isHeapFull || external_memory + malloced_memory > MAX_OUTSIDE_BYTES;
}

function tooLarge(file: string, count: number) {
  const advice =
    'use a report that keeps none of them (default, -x, -d, --format ndjson or csv, --total), or give Node more with NODE_OPTIONS=--max-old-space-size';
  return fileError(
    file,
    `has too many mappings for this report (${count} so far): ${advice}`,
    'read-error',
  );
}
