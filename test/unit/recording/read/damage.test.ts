import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../../../../src/model/errors/problem.ts';
import { lineCompressor } from '../../../../src/recording/compression/compress-line.ts';
import { gzipMember } from '../../../../src/recording/compression/gzip-members.ts';
import { zstdOfNode } from '../../../../src/recording/compression/zstd.ts';
import { openRecording } from '../../../../src/recording/read/recording.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';
import { contentOf, recordingText, tinySample } from '../../../support/text/recordings.ts';

const SAMPLES = [0, 10, 20, 30, 40, 50].map((seconds) => tinySample(2014, seconds));
const LINES = recordingText(SAMPLES)
  .split(/(?<=\n)/)
  .filter((line) => line !== '')
  .map((line) => Buffer.from(line));
const CONTENT = new Map(SAMPLES.map((sample, index) => [index + 1, contentOf(sample)]));
/** Begins as a member of tsmap's does, up to its length. */
const LENGTH_AT = 16;
/** The line that is damaged, and the line of the last sample. */
const DAMAGED = 3;
const LAST = 6;

/** What can be read of a recording: the numbers of its moments, and the messages. */
async function readAll(path: string, content: Uint8Array) {
  writeFileSync(path, content);
  const recording = await openRecording(path);
  const moments: number[] = [];
  for await (const sample of recording.samples()) {
    expect(contentOf(sample)).toEqual(CONTENT.get(sample.moment));
    moments.push(sample.moment);
  }
  return { moments, messages: recording.problems.map(({ message }) => message) };
}

const reading = (content: Uint8Array) =>
  inTemporaryDirectory((directory) => readAll(join(directory, 'a.tsmap'), content));

/** The recording with another frame for one line. */
function withFrame(compress: (line: Buffer) => Uint8Array, at: number, frame: Uint8Array): Buffer {
  return Buffer.concat(LINES.map((line, index) => (index === at ? frame : compress(line))));
}

/** The frame with one byte changed, inserted or removed at each place. */
function* mutants(frame: Buffer): Generator<Buffer> {
  for (let at = 0; at < frame.length; at++) {
    const [before, after] = [frame.subarray(0, at), frame.subarray(at + 1)];
    const byte = frame[at] as number;
    yield Buffer.concat([before, Buffer.from([byte ^ (1 + (at % 255))]), after]);
    yield Buffer.concat([before, Buffer.from([(at * 31) % 256, byte]), after]);
    yield Buffer.concat([before, after]);
  }
}

/**
 * Damages one byte of the frame of a line, everywhere, and expects that at most this line and its
 * neighbours are lost, that this is told, and that all that is read is right.
 */
async function expectLittleLoss(compress: (line: Buffer) => Uint8Array, at: number) {
  await inTemporaryDirectory(async (directory) => {
    const path = join(directory, 'a.tsmap');
    for (const mutant of mutants(Buffer.from(compress(LINES[at] ?? Buffer.alloc(0))))) {
      const { moments, messages } = await readAll(path, withFrame(compress, at, mutant));
      const lost = [1, 2, 3, 4, 5, 6].filter((moment) => !moments.includes(moment));
      expect(lost.filter((moment) => Math.abs(moment - at) > 1)).toEqual([]);
      expect(messages.length > 0 || lost.length === 0).toBe(true);
    }
  });
}

describe('a recording of gzip members', () => {
  test('loses one line at most if any byte of it is changed, inserted or removed', async () => {
    await expectLittleLoss(gzipMember, DAMAGED);
  }, 60_000);

  test('loses its last line at most if any byte of it is changed, inserted or removed', async () => {
    await expectLittleLoss(gzipMember, LAST);
  }, 60_000);

  test.each([0, 18, 2000, 2 ** 31, 2 ** 32 - 1])(
    'loses nothing if only the length of a member is damaged (%d)',
    async (length) => {
      for (const at of [DAMAGED, LAST]) {
        const member = gzipMember(LINES[at] ?? Buffer.alloc(0));
        member.writeUInt32LE(length, LENGTH_AT);
        expect(await reading(withFrame(gzipMember, at, member))).toEqual({
          moments: [1, 2, 3, 4, 5, 6],
          messages: [],
        });
      }
    },
  );

  test('is refused, or read to its end, if any byte of its header is changed, inserted or removed', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      for (const mutant of mutants(gzipMember(LINES[0] ?? Buffer.alloc(0)))) {
        const content = withFrame(gzipMember, 0, mutant);
        const { moments } = await readAll(path, content).catch((error) => {
          expect(error).toBeInstanceOf(ProblemError);
          return { moments: [1, 2, 3, 4, 5, 6] };
        });
        expect(moments).toEqual([1, 2, 3, 4, 5, 6]);
      }
    });
  }, 60_000);

  test('says which line is lost if its length and its content are damaged', async () => {
    const member = gzipMember(LINES[DAMAGED] ?? Buffer.alloc(0));
    member.writeUInt32LE(2 ** 31, LENGTH_AT);
    member.fill(0xff, 40, 60);
    expect(await reading(withFrame(gzipMember, DAMAGED, member))).toEqual({
      moments: [1, 2, 4, 5, 6],
      messages: ['line 4: its compressed data is damaged; it was left out'],
    });
  });

  test('reads on after megabytes of anything else', async () => {
    const noise = Buffer.alloc(9 * 1024 * 1024);
    for (let at = 0; at < noise.length; at += 4) noise.writeInt32LE(Math.imul(at, 0x9e3779b1), at);
    expect(await reading(withFrame(gzipMember, DAMAGED, noise))).toEqual({
      moments: [1, 2, 4, 5, 6],
      messages: ['line 4: its compressed data is damaged; it was left out'],
    });
  });
});

describe.runIf(zstdOfNode() !== undefined)('a recording of zstd frames', () => {
  let compress: (line: Buffer) => Uint8Array;
  beforeAll(() => {
    compress = lineCompressor('a.tsmap.zst', 'zstd');
  });

  test('loses one line at most if any byte of it is changed, inserted or removed', async () => {
    await expectLittleLoss(compress, DAMAGED);
    await expectLittleLoss(compress, LAST);
  }, 60_000);

  test('is read as a stream if another program put all of it into one frame', async () => {
    const text = Buffer.concat(LINES);
    const zstd = zstdOfNode();
    const whole = zstd?.zstdCompressSync(text) ?? Buffer.alloc(0);
    expect((await reading(whole)).moments).toEqual([1, 2, 3, 4, 5, 6]);
    // Two frames, the second of which begins within a line, after one that is to be skipped.
    const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const halves = [text.subarray(0, 900), text.subarray(900)].map(
      (half) => zstd?.zstdCompressSync(half) ?? Buffer.alloc(0),
    );
    const pieces = Buffer.concat([halves[0] ?? skipped, skipped, halves[1] ?? skipped]);
    expect((await reading(pieces)).moments).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await reading(pieces.subarray(0, -4))).toMatchObject({
      messages: [expect.stringContaining('is cut off')],
    });
  });
});
