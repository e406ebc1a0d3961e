import { createReadStream } from 'node:fs';
import { fileError } from '../../model/errors/file-error.ts';
import { type Compression, compressionOf, formatOfLines } from '../compression/decompress.ts';
import type { FrameFormat } from '../compression/frame-formats.ts';
import { decompressFrames } from '../compression/frames.ts';
import type { Limit } from '../read/limits.ts';
import { LineProblems } from '../read/line-problems.ts';
import type { Line } from '../read/lines.ts';
import { openUndecoded } from '../read/recording.ts';
import { stampOf } from '../read/samples-at.ts';
import type { RecordingHeader } from '../recording-header.ts';

/** An existing recording to which samples can be appended. */
export interface Continuation {
  readonly header: RecordingHeader;
  readonly compression: Compression;
  /** The number of its last moment; 0 if it has none. */
  readonly lastMoment: number;
  /** Size of its whole lines in the file; the bytes after them are to be removed. */
  readonly wholeBytes: number;
  /** Size of the whole file. */
  readonly foundBytes: number;
  /** The number of the last line if it is cut off. */
  readonly cutLine: number | undefined;
}

/**
 * Reads a recording to its end to find where it can be continued.
 *
 * @throws ProblemError when it is not a recording, cannot be read, or is damaged at its end.
 */
export async function continuationOf(path: string): Promise<Continuation> {
  const { header, lines, limits } = await openUndecoded(path);
  const problems = new LineProblems(path);
  let lastMoment = 0;
  let last: Line | undefined;
  for await (const line of lines) {
    last = line;
    if (line.end === 'lost') continue;
    if (line.end !== 'whole') break;
    lastMoment = Math.max(lastMoment, stampOf(line, problems, limits)?.moment ?? 0);
  }
  if (last?.end === 'damaged') {
    throw fileError(path, `line ${last.number} is damaged: record to another file`);
  }
  const cutLine = last?.end === 'cut' ? last.number : undefined;
  const { compression, end, size } = await wholeEnd(path, cutLine !== undefined, limits.line);
  return { header, compression, lastMoment, wholeBytes: end, foundBytes: size, cutLine };
}

/** The compression of a file, and where its whole lines or frames end. */
async function wholeEnd(path: string, isCut: boolean, lineLimit: Limit) {
  let first: Buffer | undefined;
  let size = 0;
  let lastNewline = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    first ??= chunk;
    const newline = chunk.lastIndexOf(0x0a);
    if (newline >= 0) lastNewline = size + newline + 1;
    size += chunk.length;
  }
  first ??= Buffer.alloc(0);
  const compression = compressionOf(first);
  if (!isCut) return { compression, end: size, size };
  if (compression === 'none') return { compression, end: lastNewline, size };
  const format = formatOfLines(first, compression);
  if (format !== undefined)
    return { compression, end: await framesEnd(path, format, lineLimit), size };
  throw fileError(
    path,
    'its end is cut off, and another program compressed it: decompress it before continuing it',
  );
}

async function framesEnd(path: string, format: FrameFormat, lineLimit: Limit): Promise<number> {
  const chunks = createReadStream(path) as AsyncIterable<Buffer>;
  const frames = decompressFrames(chunks, format, lineLimit.bytes + 1);
  let next = await frames.next();
  while (!next.done) next = await frames.next();
  return next.value.start;
}
