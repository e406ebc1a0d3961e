import { isSkippableZstd, ZSTD_MAGIC } from '../../model/compression/zstd-format.ts';
import { CutDataError, DamagedDataError, NoZstdError } from './errors.ts';
import { type FrameFormat, GZIP_FRAMES, TextTooLongError, zstdFrames } from './frame-formats.ts';
import { decompressFrames, type Piece } from './frames.ts';
import { gunzip, unzstd } from './streams.ts';

/** The compression of a file. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** The compression of a file by its first bytes, whatever its name is. */
export function compressionOf(beginning: Buffer): Compression {
  if (beginning[0] === 0x1f && beginning[1] === 0x8b) return 'gzip';
  if (beginning.length < 4) return 'none';
  const magic = beginning.readUInt32LE(0);
  return magic === ZSTD_MAGIC || isSkippableZstd(magic) ? 'zstd' : 'none';
}

/**
 * The decompressed text of a file, of which `first` is the beginning. A frame for each line is
 * read as it was written, so that damage costs no other line; if another program compressed the
 * file, its frames may be of any length.
 *
 * @throws CutDataError, DamagedDataError, NoZstdError; TextTooLongError when a line has more than
 *   `maxLineBytes`.
 */
export function decompressed(
  chunks: AsyncIterable<Buffer>,
  first: Buffer,
  maxLineBytes: number,
): AsyncIterable<Piece> {
  const compression = compressionOf(first);
  if (compression === 'none') return chunks;
  const format = formatOfLines(first, compression);
  // The newline is not part of the line.
  if (format !== undefined) return framesOnly(chunks, format, maxLineBytes + 1);
  return compression === 'gzip' ? gunzip(chunks) : unzstd(chunks);
}

/**
 * The format of the frames if each is a line, as tsmap writes them; undefined if another program
 * compressed the file. `first` is its beginning.
 *
 * @throws NoZstdError.
 */
export function formatOfLines(
  first: Buffer,
  compression: 'gzip' | 'zstd',
): FrameFormat | undefined {
  const format = compression === 'gzip' ? GZIP_FRAMES : zstdFrames();
  if (format === undefined) throw new NoZstdError();
  return isFramePerLine(first, format) ? format : undefined;
}

/** The first line has some KB: a first frame with more holds a whole recording. */
const MAX_HEADER_BYTES = 16 * 1024 * 1024;

/** Whether the first frame is one that tsmap wrote: a gzip member says so, one of zstd is a line. */
function isFramePerLine(first: Buffer, format: FrameFormat): boolean {
  const length = format.length(first);
  if (format === GZIP_FRAMES) return length !== -1;
  if (length === undefined || length > first.length) return false;
  try {
    const text = format.decompress(first.subarray(0, length), MAX_HEADER_BYTES);
    return text.indexOf('\n') === text.length - 1;
  } catch (error) {
    return !(error instanceof TextTooLongError);
  }
}

async function* framesOnly(
  chunks: AsyncIterable<Buffer>,
  format: FrameFormat,
  maxTextBytes: number,
): AsyncGenerator<Piece> {
  const { sizeBytes, mayBeFrame } = yield* decompressFrames(chunks, format, maxTextBytes);
  if (sizeBytes === 0) return;
  throw mayBeFrame ? new CutDataError() : new DamagedDataError();
}
