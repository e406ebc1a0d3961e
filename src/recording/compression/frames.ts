import { type FrameFormat, TextTooLongError } from './frame-formats.ts';

/** Stands for text that is lost because it is damaged; what follows it begins another line. */
export const LOST: unique symbol = Symbol('lost');

/** A piece of the text of compressed data. */
export type Piece = Buffer | typeof LOST;

/** What is after the last frame that could be found. */
export interface Leftover {
  /** Its position in the file. */
  readonly start: number;
  /** Its size, 0 if there is nothing. */
  readonly sizeBytes: number;
  /** Whether it can be the beginning of a frame; otherwise it is damaged. */
  readonly mayBeFrame: boolean;
}

/**
 * Yields the text of each frame, LOST for each that is damaged, and returns what is after the last
 * one. No frame may have more text than `maxTextBytes`.
 *
 * A damaged length leads to a place where no frame begins. The frame is then taken to end where the next
 * one is found, so that only the damaged piece is lost, if anything.
 *
 * @throws TextTooLongError.
 */
export async function* decompressFrames(
  chunks: AsyncIterable<Buffer>,
  format: FrameFormat,
  maxTextBytes: number,
): AsyncGenerator<Piece, Leftover> {
  const reader = new FrameReader(format, maxTextBytes);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    // Retries only after the bytes have doubled, so that a long frame is not copied for each chunk.
    if (waitingBytes < reader.waitingBytes) continue;
    yield* reader.add(waiting, false);
    waiting = [];
    waitingBytes = 0;
  }
  yield* reader.add(waiting, true);
  return reader.leftover;
}

/** How much is kept of data in which no frame can be found, in case it turns out to be one. */
const MAX_STRAY_BYTES = 4 * 1024 * 1024;
/** More than the beginning of a frame that tells where one is. */
const MAX_MARK_BYTES = 32;

/** Takes frames from the beginning of data that arrives bit by bit. */
class FrameReader {
  readonly #format: FrameFormat;
  readonly #maxTextBytes: number;
  /** The most that a frame can have: what cannot be compressed grows a little. */
  readonly #maxFrameBytes: number;
  #bytes = Buffer.alloc(0);
  #start = 0;
  /** Whether `#bytes` cannot begin a frame. */
  #isStray = false;

  constructor(format: FrameFormat, maxTextBytes: number) {
    this.#format = format;
    this.#maxTextBytes = maxTextBytes;
    this.#maxFrameBytes = maxTextBytes + Math.ceil(maxTextBytes / 1024) + 1024;
  }

  /** The bytes that wait for others. */
  get waitingBytes(): number {
    return this.#isStray ? 0 : this.#bytes.length;
  }

  get leftover(): Leftover {
    const sizeBytes = this.#bytes.length;
    return { start: this.#start, sizeBytes, mayBeFrame: !this.#isStray };
  }

  /** Adds bytes, the last of the file if `isEnd`, and yields the text of the frames that are whole now. */
  *add(chunks: readonly Buffer[], isEnd: boolean): Generator<Piece, void> {
    this.#bytes = Buffer.concat([this.#bytes, ...chunks]);
    while (this.#bytes.length > 0) {
      const length = this.#claimedLength();
      if (length > this.#bytes.length && !isEnd && !this.#isFollowed()) return;
      if (length > 0 && length <= this.#bytes.length) {
        const text = this.#textOf(length);
        if (text === undefined && length === this.#bytes.length && !isEnd) return;
        if (text !== undefined || this.#endsAt(length)) {
          yield this.#take(length, text);
          continue;
        }
      }
      const next = this.#format.next(this.#bytes);
      const end = next > 0 ? next : isEnd ? this.#bytes.length : 0;
      const text = this.#recovered(end);
      if (next <= 0 && text === undefined) return this.#keep(length, isEnd);
      yield this.#take(end, text);
    }
  }

  /**
   * The length of the frame at the start by its own account, infinite if more bytes are needed to know
   * it; -1 if none starts, or if it would be too long.
   */
  #claimedLength(): number {
    const length = this.#format.length(this.#bytes);
    if (length === undefined) return this.#bytes.length <= this.#maxFrameBytes ? Infinity : -1;
    return length > 0 && length <= this.#maxFrameBytes ? length : -1;
  }

  /** Whether another frame begins in the bytes, for certain. */
  #isFollowed(): boolean {
    return this.#format.statesLength && this.#format.next(this.#bytes) > 0;
  }

  /** Whether a frame can end there: at the end of the file, or where another begins. */
  #endsAt(length: number): boolean {
    const rest = this.#bytes.subarray(length);
    return rest.length === 0 || this.#format.length(rest) !== -1;
  }

  /** Keeps bytes that are not followed by a frame: all that may be one, or the beginning of one. */
  #keep(claimedLength: number, isEnd: boolean): void {
    this.#isStray ||= claimedLength <= this.#bytes.length;
    if (isEnd || this.#bytes.length <= MAX_STRAY_BYTES) return;
    this.#drop(this.#bytes.length - MAX_MARK_BYTES);
  }

  #take(length: number, text: Buffer | undefined): Piece {
    this.#drop(length);
    this.#isStray = false;
    return text ?? LOST;
  }

  #drop(length: number): void {
    this.#bytes = this.#bytes.subarray(length);
    this.#start += length;
  }

  /** @throws TextTooLongError. */
  #textOf(length: number): Buffer | undefined {
    try {
      return this.#format.decompress(this.#bytes.subarray(0, length), this.#maxTextBytes);
    } catch (error) {
      if (error instanceof TextTooLongError) throw error;
      return undefined;
    }
  }

  /** The text of the bytes up to there if they are a frame of which only the length is damaged. */
  #recovered(length: number): Buffer | undefined {
    try {
      return length > 0 && this.#format.statesLength ? this.#textOf(length) : undefined;
    } catch {
      return undefined;
    }
  }
}
