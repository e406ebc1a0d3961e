import { describe, expect, test } from 'vitest';
import { startsZstd, ZstdStructure } from '../../../../src/proc/source/zstd-structure.ts';
import { CHUNK_SIZES } from '../../../support/text/chunks.ts';
import { zstdFrame, zstdSkippable } from '../../../support/text/zstd.ts';

/** Where frames to decompress end, and how the data ends. */
function follow(bytes: Buffer, chunkBytes: number) {
  const structure = new ZstdStructure();
  const ends: number[] = [];
  let at = 0;
  while (at < bytes.length && !structure.isDamaged) {
    at += structure.advance(bytes.subarray(at, at + chunkBytes));
    if (structure.isInFrame && structure.isBetweenFrames && ends.at(-1) !== at) ends.push(at);
  }
  const { isDamaged, isBetweenFrames } = structure;
  return { ends, end: isDamaged ? 'damaged' : isBetweenFrames ? 'whole' : 'cut' };
}

/** What `printf 'one\ntwo\n' | zstd` makes: a frame with a checksum. */
const OF_ZSTD = Buffer.from('28b52ffd0458410000', 'hex');

describe.each([...CHUNK_SIZES, 65_536])('zstd data in pieces of %d bytes', (n) => {
  const frame = zstdFrame('one\ntwo\n', 3);
  const length = frame.length;

  test('ends where its frames end', () => {
    expect(follow(frame, n)).toEqual({ ends: [length], end: 'whole' });
    expect(follow(Buffer.concat([frame, frame]), n).ends).toEqual([length, 2 * length]);
  });

  test('may have frames to skip, before others and behind them', () => {
    const skipped = zstdSkippable('of pzstd');
    const around = Buffer.concat([skipped, frame, zstdSkippable('')]);
    expect(follow(around, n)).toMatchObject({ end: 'whole' });
    expect(follow(around, n).ends[0]).toBe(skipped.length + length);
    expect(follow(around.subarray(0, 10), n).end).toBe('cut');
  });

  test('is cut anywhere but behind a frame', () => {
    for (let end = 1; end < length; end++) {
      expect(follow(frame.subarray(0, end), n)).toEqual({ ends: [], end: 'cut' });
    }
  });

  test('is damaged where something else follows a frame', () => {
    expect(follow(Buffer.concat([frame, Buffer.from('else')]), n).end).toBe('damaged');
  });

  test('ends with its checksum, if it has one', () => {
    // Block: last, 8 bytes as they are; then four bytes of checksum.
    const text = Buffer.concat([OF_ZSTD, Buffer.from('one\ntwo\n')]);
    expect(follow(text, n).end).toBe('cut');
    const whole = Buffer.concat([text, Buffer.from('abcd')]);
    expect(follow(whole, n)).toEqual({ ends: [whole.length], end: 'whole' });
  });
});

test('zstd is recognized by its first bytes', () => {
  expect(startsZstd(zstdFrame('a'))).toBe(true);
  expect(startsZstd(zstdSkippable('a'))).toBe(true);
  for (const text of ['', '(\xb5/', '(\xb5/\xfc', 'P*M\x19']) {
    expect(startsZstd(Buffer.from(text, 'latin1'))).toBe(false);
  }
});
