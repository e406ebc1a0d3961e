import { createGunzip } from 'node:zlib';
import { decompressFrames, type FrameFormat, GZIP_FRAMES, zstdFrames } from './frames.ts';
import { memberLength } from './gzip-members.ts';

/** The compression of a file. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** Thrown when compressed data is cut off. */
export class CutDataError extends Error {
  override readonly name = 'CutDataError';
}

/** Thrown when compressed data is damaged, at the place of the damage. */
export class DamagedDataError extends Error {
  override readonly name = 'DamagedDataError';
}

/** Thrown when a file is compressed with zstd and this Node lacks it. */
export class NoZstdError extends Error {
  override readonly name = 'NoZstdError';
}

/** zlib loses the text before an error in the same input, so the input should be small. */
const INPUT_BYTES = 4096;

/** The compression of a file by its first bytes, whatever its name is. */
export function compressionOf(beginning: Buffer): Compression {
  if (beginning[0] === 0x1f && beginning[1] === 0x8b) return 'gzip';
  if (beginning.length < 4) return 'none';
  const magic = beginning.readUInt32LE(0);
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5 ? 'zstd' : 'none';
}

/**
 * The decompressed text of a file. `first` is the first of its chunks.
 *
 * @throws CutDataError, DamagedDataError, NoZstdError.
 */
export function decompressed(chunks: AsyncIterable<Buffer>, first: Buffer): AsyncIterable<Buffer> {
  const compression = compressionOf(first);
  if (compression === 'none') return chunks;
  if (compression === 'gzip') {
    return memberLength(first) === -1 ? gunzip(chunks) : framesOnly(chunks, GZIP_FRAMES);
  }
  const format = zstdFrames();
  if (format === undefined) throw new NoZstdError();
  return framesOnly(chunks, format);
}

async function* framesOnly(
  chunks: AsyncIterable<Buffer>,
  format: FrameFormat,
): AsyncGenerator<Buffer> {
  const leftover = yield* decompressFrames(chunks, format);
  if (leftover.bytes.length === 0) return;
  throw leftover.mayBeFrame ? new CutDataError() : new DamagedDataError();
}

/** Decompresses any gzip file, such as gzip(1) makes. */
async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip();
  const ready: Buffer[] = [];
  let failed: Error | undefined;
  stream.on('data', (bytes: Buffer) => ready.push(bytes));
  const failure = new Promise<void>((resolve) => {
    stream.on('error', (error) => {
      failed = dataError(error);
      resolve();
    });
  });
  const step = async function* (act: (done: () => void) => void): AsyncGenerator<Buffer> {
    await Promise.race([failure, new Promise<void>((resolve) => act(resolve))]);
    yield* ready.splice(0);
    if (failed !== undefined) throw failed;
  };
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += INPUT_BYTES) {
        const input = chunk.subarray(at, at + INPUT_BYTES);
        yield* step((done) => stream.write(input, () => done()));
      }
    }
    yield* step((done) => stream.once('end', done).end());
  } finally {
    stream.destroy();
  }
}

function dataError(error: Error & { code?: string }): Error {
  return error.code === 'Z_BUF_ERROR' ? new CutDataError() : new DamagedDataError();
}
