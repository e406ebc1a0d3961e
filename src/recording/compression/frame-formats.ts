import { gunzipMember, memberLength, nextMember } from './gzip-members.ts';
import { zstdOfNode } from './zstd.ts';
import { frameLength, nextFrame } from './zstd-frames.ts';

/**
 * A compressed format whose frames can be found without decompressing them. Frames of zstd and
 * members of gzip are both called frames here.
 */
export interface FrameFormat {
  /**
   * Whether the head of a frame states its length, so that the length alone can be damaged, and is long
   * enough not to occur by chance within another frame.
   */
  readonly statesLength: boolean;
  /** The position in `bytes`, after the first byte, of the next frame; -1 if there is none. */
  next(bytes: Buffer): number;
  /** The length of the frame at the start; undefined if more bytes are needed, -1 if none starts. */
  length(bytes: Buffer): number | undefined;
  /** @throws Error when the frame is damaged; TextTooLongError beyond `maxBytes` of text. */
  decompress(frame: Buffer, maxBytes: number): Buffer;
}

/** Thrown when a frame holds more text than a line may have. */
export class TextTooLongError extends Error {
  override readonly name = 'TextTooLongError';
}

/** Members of gzip as tsmap writes them. */
export const GZIP_FRAMES: FrameFormat = {
  // Seven more bytes of a member's head are always the same.
  statesLength: true,
  next: nextMember,
  length: memberLength,
  decompress: (frame, maxBytes) => withinLimit(() => gunzipMember(frame, maxBytes)),
};

/** Frames of zstd; undefined if this Node lacks zstd. */
export function zstdFrames(): FrameFormat | undefined {
  const zstd = zstdOfNode();
  if (zstd === undefined) return undefined;
  return {
    // Four bytes mark a frame; in gigabytes they do occur by chance.
    statesLength: false,
    next: nextFrame,
    length: frameLength,
    decompress: (frame, maxOutputLength) =>
      withinLimit(() => zstd.zstdDecompressSync(frame, { maxOutputLength })),
  };
}

function withinLimit(decompress: () => Buffer): Buffer {
  try {
    return decompress();
  } catch (error) {
    const isTooLong =
      error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLong ? new TextTooLongError() : error;
  }
}
