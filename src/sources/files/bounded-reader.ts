import { getHeapStatistics } from 'node:v8';
import { fileError } from '../../model/errors/file-error.ts';
import type { MappingReader, NotesCollector } from '../../proc/maps/mapping-reader.ts';

/** A reader of a saved text. */
export type SavedReader = MappingReader & { readonly notes: NotesCollector };

/** How often memory is looked at: a few thousand mappings take a megabyte or two. */
const EVERY = 4096;
/** The share of the heap's limit that a report may take, and what the limit counts but Node cannot use. */
const MAX_HEAP_SHARE = 0.75;
const YOUNG_GENERATION_BYTES = 72 * 1024 ** 2;
/** The bytes outside the heap that a report may take. */
const MAX_OUTSIDE_BYTES = 2 * 1024 ** 3;

/**
 * A reader that refuses to go on when memory runs out, instead of letting Node abort. Reports that keep
 * nothing never get there, whatever the size of the file.
 *
 * Its `next` throws a ProblemError about `file`; `onFailure` is called before that, and before any other error
 * of reading.
 */
export function boundedReader(
  reader: SavedReader,
  file: string,
  onFailure: () => void,
): SavedReader {
  let count = 0;
  return {
    vocabulary: reader.vocabulary,
    notes: reader.notes,
    next: () => {
      try {
        if (++count % EVERY === 0 && isFull()) throw tooLarge(file, count);
        return reader.next();
      } catch (error) {
        onFailure();
        throw error;
      }
    },
    close: () => reader.close(),
  };
}

function isFull(): boolean {
  const { used_heap_size, heap_size_limit, external_memory, malloced_memory } = getHeapStatistics();
  const usable = heap_size_limit - YOUNG_GENERATION_BYTES;
  const isHeapFull = used_heap_size > Math.min(usable, heap_size_limit * MAX_HEAP_SHARE);
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
