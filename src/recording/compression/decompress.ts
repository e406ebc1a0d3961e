import { createGunzip } from 'node:zlib';
import { type Framing, GZIP_FRAMING, unframed, zstdFraming } from './frames.ts';
import { memberLength } from './gzip-members.ts';

/** How a file is compressed. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** The compressed data end in the middle of something. */
export class CutDataError extends Error {
  override readonly name = 'CutDataError';
}

/** The compressed data make no sense from some place on. */
export class DamagedDataError extends Error {
  override readonly name = 'DamagedDataError';
}

/** zstd is asked of a Node that lacks it. */
export class NoZstdError extends Error {
  override readonly name = 'NoZstdError';
}

/** zlib drops the text that came before an error in the same piece: small pieces lose little. */
const PIECE_BYTES = 4096;

/** How a file is compressed, by its first bytes: names may say anything. */
export function compressionOf(beginning: Buffer): Compression {
  if (beginning[0] === 0x1f && beginning[1] === 0x8b) return 'gzip';
  if (beginning.length < 4) return 'none';
  const magic = beginning.readUInt32LE(0);
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5 ? 'zstd' : 'none';
}

/**
 * The text of chunks of a file, whose first one is given besides.
 *
 * @throws CutDataError, DamagedDataError, NoZstdError.
 */
export function decompressed(chunks: AsyncIterable<Buffer>, first: Buffer): AsyncIterable<Buffer> {
  const compression = compressionOf(first);
  if (compression === 'none') return chunks;
  if (compression === 'gzip') {
    return memberLength(first) === -1 ? gunzipped(chunks) : piecewise(chunks, GZIP_FRAMING);
  }
  const framing = zstdFraming();
  if (framing === undefined) throw new NoZstdError();
  return piecewise(chunks, framing);
}

async function* piecewise(chunks: AsyncIterable<Buffer>, framing: Framing): AsyncGenerator<Buffer> {
  const rest = yield* unframed(chunks, framing);
  if (rest.bytes.length === 0) return;
  throw rest.isPiece ? new CutDataError() : new DamagedDataError();
}

/** Any text that was compressed with gzip. */
async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const ready: Buffer[] = [];
  let failed: Error | undefined;
  gunzip.on('data', (bytes: Buffer) => ready.push(bytes));
  const failure = new Promise<void>((resolve) => {
    gunzip.on('error', (error) => {
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
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
        const piece = chunk.subarray(at, at + PIECE_BYTES);
        yield* step((done) => gunzip.write(piece, () => done()));
      }
    }
    yield* step((done) => gunzip.once('end', done).end());
  } finally {
    gunzip.destroy();
  }
}

function dataError(error: Error & { code?: string }): Error {
  return error.code === 'Z_BUF_ERROR' ? new CutDataError() : new DamagedDataError();
}
