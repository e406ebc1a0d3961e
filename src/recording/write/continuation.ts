import { createReadStream } from 'node:fs';
import { fileError } from '../../model/file-error.ts';
import { type Compression, compressionOf } from '../compression/decompress.ts';
import { type Framing, GZIP_FRAMING, unframed, zstdFraming } from '../compression/frames.ts';
import type { RecordingHeader } from '../header.ts';
import { LineProblems } from '../read/line-problems.ts';
import type { Line } from '../read/lines.ts';
import { openUndecoded } from '../read/recording.ts';
import { stampOf } from '../read/samples-at.ts';

/** Where a recording can be continued. */
export interface Continuation {
  readonly header: RecordingHeader;
  readonly compression: Compression;
  /** The number of its last moment, 0 where it has none. */
  readonly lastMoment: number;
  /** Bytes of its whole lines, as they stand in the file; what is behind them is to go. */
  readonly wholeBytes: number;
  /** Bytes of all that was read. */
  readonly foundBytes: number;
  /** The number of a last line that is cut. */
  readonly cutLine: number | undefined;
}

/**
 * Reads a recording that is to be continued to its end.
 *
 * @throws ProblemError when it is none, cannot be read, or is so damaged that nothing may follow.
 */
export async function continuationOf(path: string): Promise<Continuation> {
  const { header, lines } = await openUndecoded(path);
  const problems = new LineProblems(path);
  let lastMoment = 0;
  let last: Line | undefined;
  for await (const line of lines) {
    last = line;
    if (line.end !== 'whole') break;
    lastMoment = Math.max(lastMoment, stampOf(line, problems)?.moment ?? 0);
  }
  if (last?.end === 'damaged') {
    throw fileError(path, `line ${last.number} is damaged: record to another file`);
  }
  const cutLine = last?.end === 'cut' ? last.number : undefined;
  const { compression, end, size } = await wholeEnd(path, cutLine !== undefined);
  return { header, compression, lastMoment, wholeBytes: end, foundBytes: size, cutLine };
}

/** How a file is compressed, and where its whole lines or pieces end. */
async function wholeEnd(path: string, isCut: boolean) {
  let compression: Compression = 'none';
  let isFirst = true;
  let size = 0;
  let lastNewline = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (isFirst) compression = compressionOf(chunk);
    isFirst = false;
    const newline = chunk.lastIndexOf(0x0a);
    if (newline >= 0) lastNewline = size + newline + 1;
    size += chunk.length;
  }
  if (!isCut) return { compression, end: size, size };
  if (compression === 'none') return { compression, end: lastNewline, size };
  return { compression, end: await piecesEnd(path, compression), size };
}

async function piecesEnd(path: string, compression: Compression): Promise<number> {
  const framing = compression === 'gzip' ? GZIP_FRAMING : zstdFraming();
  if (framing === undefined) throw fileError(path, 'is compressed with zstd');
  let end = 0;
  const counting: Framing = {
    next: framing.next,
    length: framing.length,
    decompress: (piece) => {
      end += piece.length;
      return Buffer.alloc(0);
    },
  };
  const pieces = unframed(createReadStream(path) as AsyncIterable<Buffer>, counting);
  let next = await pieces.next();
  while (!next.done) next = await pieces.next();
  if (next.value.isPiece && end > 0) return end;
  throw fileError(
    path,
    'its end is cut off, and another program compressed it: decompress it before continuing it',
  );
}
