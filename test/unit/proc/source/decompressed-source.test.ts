import * as zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  DecompressedSource,
  type TextCompression,
} from '../../../../src/proc/source/decompressed-source.ts';
import { CHUNK_SIZES, chunks } from '../../../support/text/chunks.ts';
import { zstdBomb, zstdFrame, zstdSkippable } from '../../../support/text/zstd.ts';

const TEXT = Array.from({ length: 500 }, (_, i) => `line ${i} ${(i * 7919) % 104729}\n`).join('');
const HALF = TEXT.length / 2;
const { gzipSync } = zlib;
const hasZstd = 'createZstdDecompress' in zlib;
if (!hasZstd) console.warn(`skipped: zstd, which Node ${process.version} lacks`);

/** The text of compressed data, and what is wrong with it. */
function read(bytes: Buffer, compression: TextCompression, chunkBytes: number) {
  const source = new DecompressedSource(chunks(bytes, chunkBytes), compression);
  const into = Buffer.alloc(1000);
  let text = '';
  for (let count = source.read(into, 0, 1000); count > 0; count = source.read(into, 0, 1000)) {
    text += into.toString('latin1', 0, count);
  }
  return { text, damage: source.damage?.problem.message };
}

const whole = { text: TEXT, damage: undefined };

describe.each([...CHUNK_SIZES, 65_536])('gzip in chunks of %d bytes', (n) => {
  test('gives its text', () => {
    expect(read(gzipSync(TEXT), 'gzip', n)).toEqual(whole);
  });

  test('may have several members, and zeros behind the last one', () => {
    const members = [TEXT.slice(0, HALF), '', TEXT.slice(HALF)].map((text) => gzipSync(text));
    const zeros = Buffer.alloc(3000);
    expect(read(Buffer.concat([...members, zeros]), 'gzip', n)).toEqual(whole);
  });

  test('that is cut off gives what is there, and says so', () => {
    const { text, damage } = read(gzipSync(TEXT).subarray(0, -5), 'gzip', n);
    expect(text).toBe(TEXT);
    expect(damage).toBe(`is cut off: its compressed data ends after ${TEXT.length} bytes of text`);
  });

  test('that is damaged gives what comes before, and says so', () => {
    const bytes = gzipSync(TEXT, { level: 0 });
    bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1;
    const { text, damage } = read(bytes, 'gzip', n);
    expect(TEXT.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(TEXT.length - 1100);
    expect(damage).toBe(`is damaged: decompressing fails after ${text.length} bytes of text`);
  });
});

describe.runIf(hasZstd).each([...CHUNK_SIZES, 65_536])('zstd in chunks of %d bytes', (n) => {
  const frames = [zstdFrame(TEXT.slice(0, HALF), 999), zstdFrame(TEXT.slice(HALF))];

  test('gives the text of all its frames, as cat makes them of several files', () => {
    expect(read(Buffer.concat(frames), 'zstd', n)).toEqual(whole);
    const small = Buffer.concat([zstdFrame('one\n'), zstdFrame('two\n'), zstdFrame('three\n')]);
    expect(read(small, 'zstd', n)).toEqual({ text: 'one\ntwo\nthree\n', damage: undefined });
  });

  test('may have frames to skip', () => {
    const skipped = zstdSkippable('anything');
    expect(read(Buffer.concat([skipped, ...frames, skipped]), 'zstd', n)).toEqual(whole);
  });

  test('that is cut off gives what is there, and says so', () => {
    const all = Buffer.concat(frames);
    const { text, damage } = read(all.subarray(0, all.length - 1), 'zstd', n);
    expect(TEXT.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThanOrEqual(HALF);
    expect(damage).toBe(`is cut off: its compressed data ends after ${text.length} bytes of text`);
  });

  test('that is damaged gives what comes before, and says so', () => {
    const all = Buffer.concat([...frames, Buffer.from('something else')]);
    expect(read(all, 'zstd', n)).toEqual({
      text: TEXT,
      damage: `is damaged: decompressing fails after ${TEXT.length} bytes of text`,
    });
  });
});

test.runIf(hasZstd)('a few bytes of zstd never become more than a block at once', () => {
  const source = new DecompressedSource(chunks(zstdBomb('a', 800), 65_536), 'zstd');
  const into = Buffer.alloc(1024 * 1024);
  const mostBytes = zlib.constants.Z_DEFAULT_CHUNK;
  let total = 0;
  let count = source.read(into, 0, into.length);
  const before = process.memoryUsage().arrayBuffers;
  let highest = before;
  for (; count > 0; count = source.read(into, 0, into.length)) {
    expect(count).toBeLessThanOrEqual(mostBytes);
    total += count;
    highest = Math.max(highest, process.memoryUsage().arrayBuffers);
  }
  expect(total).toBe(800 * 128 * 1024);
});
