import { gunzipMember, memberLength, nextMember } from './gzip-members.ts';
import { zstdOfNode } from './zstd.ts';
import { frameLength, nextFrame } from './zstd-frames.ts';

/**
 * A compressed format whose frames can be found without decompressing them. Frames of zstd and
 * members of gzip are both called frames here.
 */
export interface FrameFormat {
  /** The position in `bytes`, after the first byte, of the next frame; -1 if there is none. */
  next(bytes: Buffer): number;
  /** The length of the frame at the start; undefined if more bytes are needed, -1 if none starts. */
  length(bytes: Buffer): number | undefined;
  /** @throws Error when the frame is damaged. */
  decompress(frame: Buffer): Buffer;
}

/** The longest text of one frame: zstd(1) makes a single frame of a whole recording. */
const MAX_TEXT_BYTES = 1024 * 1024 * 1024;
/** Stands for a damaged frame. It is not JSON, so the line is reported and skipped. */
const DAMAGED = Buffer.from('?\n');

/** Members of gzip as tsmap writes them. */
export const GZIP_FRAMES: FrameFormat = {
  next: nextMember,
  length: memberLength,
  decompress: (frame) => gunzipMember(frame, MAX_TEXT_BYTES),
};

/** Frames of zstd; undefined if this Node lacks zstd. */
export function zstdFrames(): FrameFormat | undefined {
  const zstd = zstdOfNode();
  if (zstd === undefined) return undefined;
  const options = { maxOutputLength: MAX_TEXT_BYTES };
  return {
    next: nextFrame,
    length: frameLength,
    decompress: (frame) => zstd.zstdDecompressSync(frame, options),
  };
}

/** The bytes after the last complete frame. */
export interface Leftover {
  readonly bytes: Buffer;
  /** Whether they can be the beginning of a frame; otherwise they are damaged. */
  readonly mayBeFrame: boolean;
}

/** Yields the text of each complete frame, and returns the bytes after the last one. */
export async function* decompressFrames(
  chunks: AsyncIterable<Buffer>,
  format: FrameFormat,
): AsyncGenerator<Buffer, Leftover> {
  let leftover: Leftover = { bytes: Buffer.alloc(0), mayBeFrame: true };
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    // Retries only after the bytes have doubled, so that a long frame is not copied for each chunk.
    if (!leftover.mayBeFrame || waitingBytes < leftover.bytes.length) continue;
    leftover = yield* completeFrames(Buffer.concat([leftover.bytes, ...waiting]), format);
    waiting = [];
    waitingBytes = 0;
  }
  const last = yield* completeFrames(Buffer.concat([leftover.bytes, ...waiting]), format);
  // Only the last frame can be cut off: if another one follows, the length is wrong.
  return { ...last, mayBeFrame: last.mayBeFrame && format.next(last.bytes) < 0 };
}

function* completeFrames(bytes: Buffer, format: FrameFormat): Generator<Buffer, Leftover> {
  let rest = bytes;
  for (;;) {
    const length = format.length(rest);
    if (length !== undefined && length <= 0) return { bytes: rest, mayBeFrame: false };
    if (length === undefined || length > rest.length) return { bytes: rest, mayBeFrame: true };
    yield textOf(rest.subarray(0, length), format);
    rest = rest.subarray(length);
  }
}

function textOf(frame: Buffer, format: FrameFormat): Buffer {
  try {
    return format.decompress(frame);
  } catch {
    return DAMAGED;
  }
}
