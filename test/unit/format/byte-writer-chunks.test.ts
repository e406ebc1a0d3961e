import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../../src/format/byte-writer.ts';

/** A writer and its output so far; pieces are copied, because the writer reuses its buffer. */
function collecting(chunkBytes?: number) {
  const pieces: string[] = [];
  const sink = (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes).toString('latin1'));
  return { writer: new ByteWriter(sink, chunkBytes), pieces, all: () => pieces.join('') };
}

describe('text', () => {
  test('is written byte by byte, whatever the bytes', () => {
    const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
    const { writer, all } = collecting();
    writer.text(bytes);
    writer.flush();
    expect(all()).toBe(bytes);
  });

  test.each([1, 2, 7, 64, undefined])('of any length passes through chunks of %s bytes', (n) => {
    const { writer, all, pieces } = collecting(n);
    writer.text('abc');
    writer.text('');
    writer.text('x'.repeat(20_000));
    writer.text('end');
    writer.flush();
    expect(all()).toBe(`abc${'x'.repeat(20_000)}end`);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(n ?? 65_536);
    expect(pieces).not.toContain('');
  });

  test.each([20, 21, 33, 64])('and numbers mixed keep their order in chunks of %d bytes', (n) => {
    const { writer, all } = collecting(n);
    for (let i = 0; i < 100; i++) {
      writer.hex(i * 4096, 16);
      writer.text(' row\n');
    }
    writer.flush();
    const rows = all().split('\n');
    expect(rows).toHaveLength(101);
    expect(rows[0]).toBe('0000000000000000 row');
    expect(rows[99]).toBe('0000000000063000 row');
  });

  test('stays in the writer until a chunk is full, or until a flush', () => {
    const { writer, pieces } = collecting(10);
    writer.text('1234567890');
    expect(pieces).toEqual([]);
    writer.text('a');
    expect(pieces).toEqual(['1234567890']);
    writer.flush();
    writer.flush();
    expect(pieces).toEqual(['1234567890', 'a']);
  });
});

describe('held output', () => {
  test('lets out earlier text at once, and itself only at the flush', () => {
    const { writer, pieces } = collecting(10);
    writer.text('before');
    writer.hold();
    expect(pieces).toEqual(['before']);
    writer.text('held text that fills more than one chunk');
    expect(pieces).toEqual(['before']);
    writer.flush();
    expect(pieces.join('')).toBe('beforeheld text that fills more than one chunk');
  });

  test('is dropped by rollback, and later text is written', () => {
    const { writer, all } = collecting(10);
    writer.text('before');
    writer.hold();
    writer.text('wrong and longer than a chunk');
    expect(writer.rollback()).toBe(true);
    writer.text('right');
    expect(writer.rollback()).toBe(true);
    writer.text('at last');
    writer.flush();
    expect(all()).toBe('beforeat last');
  });

  test('cannot be dropped if it was never held, or has been written', () => {
    const { writer, all } = collecting(10);
    writer.text('a');
    expect(writer.rollback()).toBe(false);
    writer.hold();
    writer.text('b');
    writer.flush();
    expect(writer.rollback()).toBe(false);
    expect(all()).toBe('ab');
  });

  test.each([
    [1000, true],
    [1200, false],
  ])('is written once it exceeds 1 MiB, and none of it is lost: %d KiB', (kib, canGo) => {
    const { writer, all } = collecting();
    const row = `${'r'.repeat(1023)}\n`;
    writer.hold();
    for (let i = 0; i < kib; i++) writer.text(row);
    expect(writer.rollback()).toBe(canGo);
    writer.flush();
    expect(all() === (canGo ? '' : row.repeat(kib))).toBe(true);
  });
});

test('errors of the sink are passed on', () => {
  const writer = new ByteWriter(() => {
    throw new Error('no space');
  });
  writer.text('a');
  expect(() => writer.flush()).toThrow('no space');
});
