import { Gunzip, ZstdDecompress } from 'minizlib';
import { ZstdStructure } from './zstd-structure.ts';

/** What is wrong with compressed data. */
export type DataFault = 'cut' | 'damaged';

/** Where a decoder puts its text, and what is wrong. */
export interface DecoderOutput {
  text(bytes: Buffer): void;
  fault(fault: DataFault): void;
}

/** Decompresses synchronously, which Node's own streams do not; minizlib drives the same zlib. */
export interface Decoder {
  /** Takes some of the bytes; returns how many. */
  write(bytes: Buffer): number;
  /** To be called after the last byte. */
  end(): void;
}

/** A decoder of gzip; several members, and zeros behind the last one, are no fault. */
export function gzipDecoder(output: DecoderOutput): Decoder {
  const stream = connected(new Gunzip({}), output);
  return {
    write: (bytes) => {
      stream.write(bytes);
      return bytes.length;
    },
    end: () => stream.end(),
  };
}

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/**
 * A decoder of zstd. It finds the frames itself: Node 22 and 24 silently leave out what follows the first
 * frame, and Node 22 does not notice where data is cut off. It takes at most one block at a time, so a few
 * bytes that stand for a gigabyte become at most 128 KiB at once.
 */
export function zstdDecoder(output: DecoderOutput): Decoder {
  const structure = new ZstdStructure();
  let stream: ZstdDecompress | undefined;
  return {
    write: (bytes) => {
      const count = structure.advance(bytes);
      if (stream !== undefined) stream.write(bytes.subarray(0, count));
      else if (structure.isDamaged) output.fault('damaged');
      else if (structure.isInFrame) {
        // The magic number may have come in several pieces.
        stream = connected(new ZstdDecompress({}), output);
        stream.write(ZSTD_MAGIC);
      }
      if (structure.isBetweenFrames) {
        stream?.close();
        stream = undefined;
      }
      return count;
    },
    end: () => {
      if (!structure.isBetweenFrames) output.fault('cut');
    },
  };
}

function connected<Stream extends Gunzip | ZstdDecompress>(
  stream: Stream,
  output: DecoderOutput,
): Stream {
  stream.on('data', (bytes: Buffer) => output.text(bytes));
  stream.on('error', (error: unknown) => {
    const isCut = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
    output.fault(isCut ? 'cut' : 'damaged');
  });
  return stream;
}
