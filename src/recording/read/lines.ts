import { createReadStream } from 'node:fs';
import { fileErrorFrom } from '../../model/errors/errno.ts';
import { fileError } from '../../model/errors/file-error.ts';
import { STDIN_FD } from '../../model/standard-streams.ts';
import {
  CutDataError,
  DamagedDataError,
  decompressed,
  NoZstdError,
} from '../compression/decompress.ts';

/** A line of a file. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without its newline. */
  readonly bytes: Buffer;
  /**
   * `cut`: the file ends before the line does; `damaged`: the compressed data cannot be read from
   * here on. Both can only be the last line.
   */
  readonly end: 'whole' | 'cut' | 'damaged';
}

const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;
/** Twice the line of a process with a million mappings. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;

/**
 * Yields the lines of a file, `-` for standard input, decompressed if necessary. Only one line and
 * one chunk of the file are in memory at a time.
 *
 * @throws ProblemError when the file cannot be read.
 */
export async function* readLines(path: string): AsyncGenerator<Line, void, void> {
  let number = 1;
  let parts: Buffer[] = [];
  let length = 0;
  let end: Line['end'] = 'cut';
  try {
    for await (const chunk of readText(path)) {
      let from = 0;
      for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
        const bytes = Buffer.concat([...parts, chunk.subarray(from, to)]);
        parts = [];
        length = 0;
        from = to + 1;
        yield { number: number++, bytes, end: 'whole' };
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > MAX_LINE_BYTES) throw fileError(path, `line ${number} is too long`);
    }
    if (parts.length === 0) return;
  } catch (error) {
    if (error instanceof DamagedDataError) end = 'damaged';
    else if (error instanceof NoZstdError) throw fileError(path, NO_ZSTD, 'read-error');
    else if (!(error instanceof CutDataError)) throw fileErrorFrom(error, path);
  }
  yield { number, bytes: Buffer.concat(parts), end };
}

const NO_ZSTD =
  'is compressed with zstd, which this version of Node.js lacks: decompress it with zstd -d, or use Node.js 22.15 or newer';

/** @throws CutDataError, DamagedDataError, NoZstdError, NodeJS.ErrnoException. */
async function* readText(path: string): AsyncGenerator<Buffer> {
  const options = { highWaterMark: CHUNK_BYTES, ...(path === '-' ? { fd: STDIN_FD } : {}) };
  const stream = createReadStream(path, options);
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  try {
    const first = await chunks.next();
    if (first.done) return;
    yield* decompressed(startingWith(first.value, chunks), first.value);
  } finally {
    stream.destroy();
  }
}

async function* startingWith(first: Buffer, others: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await others.next(); !next.done; next = await others.next()) yield next.value;
}
