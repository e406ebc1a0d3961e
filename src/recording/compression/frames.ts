import { gunzipMember, memberLength, nextMember } from './gzip-members.ts';
import { zstdOfNode } from './zstd.ts';
import { frameLength, nextFrame } from './zstd-frames.ts';

/** A way of compression whose pieces (members, frames) can be told apart by their headers. */
export interface Framing {
  /** Where in `bytes`, behind its first byte, another piece begins; -1 where none does. */
  next(bytes: Buffer): number;
  /** Of the piece at the start; undefined where more bytes are needed, -1 where there is none. */
  length(bytes: Buffer): number | undefined;
  /** @throws Error where it is damaged. */
  decompress(piece: Buffer): Buffer;
}

/** The longest text of one piece: a file that zstd(1) made of a whole recording is one. */
const LONGEST_BYTES = 1024 * 1024 * 1024;
/** Reads as a line that is none, so that it is named and left out. */
const DAMAGED = Buffer.from('?\n');

/** Members of gzip as tsmap writes them. */
export const GZIP_FRAMING: Framing = {
  next: nextMember,
  length: memberLength,
  decompress: (piece) => gunzipMember(piece, LONGEST_BYTES),
};

/** Frames of zstd; undefined where this Node lacks it. */
export function zstdFraming(): Framing | undefined {
  const zstd = zstdOfNode();
  if (zstd === undefined) return undefined;
  const options = { maxOutputLength: LONGEST_BYTES };
  return {
    next: nextFrame,
    length: frameLength,
    decompress: (piece) => zstd.zstdDecompressSync(piece, options),
  };
}

/** What is behind the last whole piece, and whether it can be the beginning of another one. */
export interface Rest {
  readonly bytes: Buffer;
  readonly isPiece: boolean;
}

/** The texts of whole pieces; returns what is behind them. */
export async function* unframed(
  chunks: AsyncIterable<Buffer>,
  framing: Framing,
): AsyncGenerator<Buffer, Rest> {
  let rest: Rest = { bytes: Buffer.alloc(0), isPiece: true };
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    // Looked at again when there is twice as much: a long piece would be put together each time.
    if (!rest.isPiece || waitingBytes < rest.bytes.length) continue;
    rest = yield* wholePieces(Buffer.concat([rest.bytes, ...waiting]), framing);
    waiting = [];
    waitingBytes = 0;
  }
  const last = yield* wholePieces(Buffer.concat([rest.bytes, ...waiting]), framing);
  // What is cut is the last piece: where others follow, its length is wrong and they are not lost.
  return { ...last, isPiece: last.isPiece && framing.next(last.bytes) < 0 };
}

function* wholePieces(bytes: Buffer, framing: Framing): Generator<Buffer, Rest> {
  let rest = bytes;
  for (;;) {
    const length = framing.length(rest);
    if (length !== undefined && length <= 0) return { bytes: rest, isPiece: false };
    if (length === undefined || length > rest.length) return { bytes: rest, isPiece: true };
    yield textOf(rest.subarray(0, length), framing);
    rest = rest.subarray(length);
  }
}

function textOf(piece: Buffer, framing: Framing): Buffer {
  try {
    return framing.decompress(piece);
  } catch {
    return DAMAGED;
  }
}
