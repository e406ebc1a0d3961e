import { createReadStream } from 'node:fs';
import { fileErrorFrom } from '../../model/errors/errno.ts';
import { fileError, NO_ZSTD } from '../../model/errors/file-error.ts';
import { STDIN_FD } from '../../model/standard-streams.ts';
import { decompressed } from '../compression/decompress.ts';
import { CutDataError, DamagedDataError, NoZstdError } from '../compression/errors.ts';
import { TextTooLongError } from '../compression/frame-formats.ts';
import { LOST, type Piece } from '../compression/frames.ts';
import { beyond, checkLimit, type Limit } from './limits.ts';
import { TooLargeError } from './too-large.ts';

/** A line of a file. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without its newline. */
  readonly bytes: Buffer;
  /**
   * `lost`: its compressed data is damaged. `cut`: the file ends before the line does; `damaged`: the
   * compressed data cannot be read from here on; both can only be the last line.
   */
  readonly end: 'whole' | 'lost' | 'cut' | 'damaged';
}

const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;
/** Enough to see what kind of file it is. */
const BEGINNING_BYTES = 64 * 1024;

/**
 * Yields the lines of a file, `-` for standard input, decompressed if necessary. Only one line and
 * one chunk of the file are in memory at a time.
 *
 * @throws ProblemError when the file cannot be read, or a line is longer than the limit.
 */
export async function* readLines(path: string, limit: Limit): AsyncGenerator<Line, void, void> {
  const line = new Beginning();
  let end: Line['end'] = 'cut';
  try {
    for await (const piece of readText(path, limit.bytes)) {
      if (piece === LOST) yield line.end(Buffer.alloc(0), 'lost');
      else yield* linesIn(piece, line, limit);
    }
    if (line.bytes === 0) return;
  } catch (error) {
    if (error instanceof DamagedDataError) end = 'damaged';
    else if (!(error instanceof CutDataError)) throw readError(error, path, line.number, limit);
  }
  yield line.end(Buffer.alloc(0), end);
}

/** The beginning of a line of which more follows. */
class Beginning {
  number = 1;
  bytes = 0;
  #parts: Buffer[] = [];

  add(part: Buffer): void {
    if (part.length > 0) this.#parts.push(part);
    this.bytes += part.length;
  }

  /** The line, ended by `rest`; the next one begins. */
  end(rest: Buffer, end: Line['end']): Line {
    // A short line is copied in any case, so that it does not keep the whole chunk in memory.
    const isAlone = this.#parts.length === 0 && rest.length > CHUNK_BYTES / 4;
    const bytes = isAlone ? rest : Buffer.concat([...this.#parts, rest]);
    this.#parts = [];
    this.bytes = 0;
    return { number: this.number++, bytes, end };
  }
}

/** The lines that end in a piece of text. @throws TooLargeError. */
function* linesIn(text: Buffer, line: Beginning, limit: Limit): Generator<Line, void, void> {
  let from = 0;
  for (let to = text.indexOf(NEWLINE); to >= 0; to = text.indexOf(NEWLINE, from)) {
    checkLimit('has', line.bytes + to - from, limit);
    yield line.end(text.subarray(from, to), 'whole');
    from = to + 1;
  }
  checkLimit('has', line.bytes + text.length - from, limit);
  line.add(text.subarray(from));
}

function readError(error: unknown, path: string, lineNumber: number, limit: Limit): Error {
  if (error instanceof TextTooLongError)
    return readError(beyond('has', limit), path, lineNumber, limit);
  if (error instanceof NoZstdError) return fileError(path, NO_ZSTD, 'read-error');
  if (error instanceof TooLargeError) return fileError(path, `line ${lineNumber} ${error.message}`);
  return fileErrorFrom(error, path);
}

/** @throws CutDataError, DamagedDataError, NoZstdError, TextTooLongError, NodeJS.ErrnoException. */
async function* readText(path: string, maxLineBytes: number): AsyncGenerator<Piece> {
  const options = { highWaterMark: CHUNK_BYTES, ...(path === '-' ? { fd: STDIN_FD } : {}) };
  const stream = createReadStream(path, options);
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  try {
    const first = await beginningOf(chunks);
    if (first.length === 0) return;
    yield* decompressed(startingWith(first, chunks), first, maxLineBytes);
  } finally {
    stream.destroy();
  }
}

/** The beginning of a file; a pipe may give it in small pieces. */
async function beginningOf(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let beginning = Buffer.alloc(0);
  while (beginning.length < BEGINNING_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    beginning = Buffer.concat([beginning, next.value]);
  }
  return beginning;
}

async function* startingWith(first: Buffer, others: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await others.next(); !next.done; next = await others.next()) yield next.value;
}
