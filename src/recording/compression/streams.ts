import type { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CutDataError, DamagedDataError, NoZstdError } from './errors.ts';
import { zstdOfNode } from './zstd.ts';
import { blockAt, frameHead } from './zstd-frames.ts';

/** zlib loses the text before an error in the same input, so the input should be small. */
const INPUT_BYTES = 4096;

/** Decompresses any gzip file, such as gzip(1) makes. @throws CutDataError, DamagedDataError. */
export async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const steps = new Steps(createGunzip());
  try {
    for await (const chunk of chunks) yield* steps.write(chunk);
    yield* steps.end();
  } finally {
    steps.destroy();
  }
}

/**
 * Decompresses any zstd file, such as zstd(1) makes: the frame of a whole recording, which is too
 * long to be decompressed in one go.
 *
 * @throws CutDataError, DamagedDataError, NoZstdError.
 */
export async function* unzstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const zstd = zstdOfNode();
  if (zstd === undefined) throw new NoZstdError();
  const input = new Input(chunks[Symbol.asyncIterator]());
  while (await input.has(1)) {
    // The longest head has 18 bytes; the smallest frame may end before.
    await input.has(18);
    const head = whole(frameHead(input.bytes));
    const steps = new Steps(zstd.createZstdDecompress());
    try {
      for await (const piece of input.take(head.sizeBytes)) {
        if (!head.isSkippable) yield* steps.write(piece);
      }
      for (let isLast = head.isSkippable; !isLast; ) {
        await input.has(3);
        const block = whole(blockAt(input.bytes, 0));
        isLast = block.isLast;
        const size = block.sizeBytes + (isLast ? head.checksumBytes : 0);
        for await (const piece of input.take(size)) yield* steps.write(piece);
      }
      if (!head.isSkippable) yield* steps.end();
    } finally {
      steps.destroy();
    }
  }
}

/** What could be read of a frame. @throws CutDataError, DamagedDataError when it could not. */
function whole<T>(found: T | undefined | -1): T {
  if (found === undefined) throw new CutDataError();
  if (found === -1) throw new DamagedDataError();
  return found as T;
}

/** Bytes that are taken in pieces from chunks of any size. */
class Input {
  readonly #chunks: AsyncIterator<Buffer>;
  bytes = Buffer.alloc(0);

  constructor(chunks: AsyncIterator<Buffer>) {
    this.#chunks = chunks;
  }

  /** Whether there are so many bytes left, which are then in `bytes`. */
  async has(count: number): Promise<boolean> {
    while (this.bytes.length < count) {
      const next = await this.#chunks.next();
      if (next.done) return false;
      this.bytes = Buffer.concat([this.bytes, next.value]);
    }
    return true;
  }

  /** The next bytes, in pieces. @throws CutDataError when there are fewer. */
  async *take(count: number): AsyncGenerator<Buffer> {
    for (let missing = count; missing > 0; ) {
      const isThere = await this.has(1);
      const piece = this.bytes.subarray(0, missing);
      this.bytes = this.bytes.subarray(piece.length);
      missing -= piece.length;
      yield piece;
      if (!isThere) throw new CutDataError();
    }
  }
}

/** A stream that decompresses, used step by step: each yields all text that it gave. */
class Steps {
  readonly #stream: Transform;
  readonly #ready: Buffer[] = [];
  readonly #failure: Promise<void>;
  #failed: Error | undefined;

  constructor(stream: Transform) {
    this.#stream = stream;
    stream.on('data', (bytes: Buffer) => this.#ready.push(bytes));
    this.#failure = new Promise((resolve) => {
      stream.on('error', (error) => {
        this.#failed = dataError(error);
        resolve();
      });
    });
  }

  async *write(bytes: Buffer): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += INPUT_BYTES) {
      const input = bytes.subarray(at, at + INPUT_BYTES);
      yield* this.#step((done) => this.#stream.write(input, () => done()));
    }
  }

  end(): AsyncGenerator<Buffer> {
    return this.#step((done) => this.#stream.once('end', done).end());
  }

  destroy(): void {
    this.#stream.destroy();
  }

  async *#step(act: (done: () => void) => void): AsyncGenerator<Buffer> {
    await Promise.race([this.#failure, new Promise<void>((resolve) => act(resolve))]);
    yield* this.#ready.splice(0);
    if (this.#failed !== undefined) throw this.#failed;
  }
}

function dataError(error: Error & { code?: string }): Error {
  return error.code === 'Z_BUF_ERROR' ? new CutDataError() : new DamagedDataError();
}
