import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../../src/format/byte-writer.ts';

/** The output of a writer; pieces are copied, because the writer reuses its buffer. */
function written(write: (writer: ByteWriter) => void): string {
  let all = '';
  const writer = new ByteWriter((bytes) => {
    all += Buffer.from(bytes).toString('latin1');
  });
  write(writer);
  writer.flush();
  return all;
}

const HIGH = Number(0xffffffffff600000n);

describe('blanks', () => {
  test.each([-1, 0, 1, 7, 511, 512, 513, 70_000, 200_000])('%d of them', (count) => {
    const all = written((writer) => {
      writer.text('a');
      writer.blanks(count);
      writer.text('b');
    });
    expect(all).toBe(`a${' '.repeat(Math.max(0, count))}b`);
  });
});

describe('a number', () => {
  test.each([
    [0, 0, '0'],
    [0, 4, '   0'],
    [9, 1, '9'],
    [10, 1, '10'],
    [99, 3, ' 99'],
    [100, 3, '100'],
    [1234567, 6, '1234567'],
    [2147483647, 12, '  2147483647'],
    [2147483648, 12, '  2147483648'],
    [4294967296, 0, '4294967296'],
    [1e15, 0, '1000000000000000'],
    [9007199254740991, 17, ' 9007199254740991'],
    [9007199254740992, 0, '9007199254740992'],
    [Number(18014398509471744n), 0, '18014398509471744'],
  ])('%d in base 10, %d wide', (value, width, expected) => {
    expect(written((writer) => writer.decimal(value, width))).toBe(expected);
  });

  test.each([
    [0, 0, '0'],
    [0, 16, '0000000000000000'],
    [15, 1, 'f'],
    [16, 1, '10'],
    [255, 5, '000ff'],
    [0xabcdef, 8, '00abcdef'],
    [0xffffffff, 8, 'ffffffff'],
    [0x100000000, 8, '100000000'],
    [0x7ffd93fbe000, 16, '00007ffd93fbe000'],
    [HIGH, 16, 'ffffffffff600000'],
    [HIGH, 8, 'ffffffffff600000'],
    [Number(0xfffffffffffff000n), 16, 'fffffffffffff000'],
    [Number(0x8000000000000000n), 17, '08000000000000000'],
  ])('%d in base 16, %d wide', (value, width, expected) => {
    expect(written((writer) => writer.hex(value, width))).toBe(expected);
  });

  test('has its exact digits at every width, up to all pages of 64 bits', () => {
    const page = fc.bigInt(0n, (1n << 52n) - 1n).map((n) => n * 4096n);
    const value = fc.oneof(page, fc.bigInt(0n, (1n << 53n) - 1n), fc.bigInt(0n, 99_999n));
    const exact = fc.property(value, fc.nat(30), (n, width) => {
      const hex = written((writer) => writer.hex(Number(n), width));
      expect(hex).toBe(n.toString(16).padStart(width, '0'));
      if (n >= 1n << 54n) return;
      const decimal = written((writer) => writer.decimal(Number(n), width));
      expect(decimal).toBe(n.toString().padStart(width, ' '));
    });
    fc.assert(exact, { seed: 64, numRuns: 1000 });
  });
});

describe('text that must be printable', () => {
  test.each(['', ' ', '~', '/usr/lib/a b.so'])('%j is written', (text) => {
    expect(written((writer) => writer.text(String(writer.printable(text))))).toBe(`${text}true`);
  });

  test.each(['a\n', '\x1b[0m', 'a\x7f', 'a\x80', '\xc3\xa9'])(
    '%j is refused, and none of it is written',
    (text) => {
      expect(written((writer) => writer.text(String(writer.printable(text))))).toBe('false');
    },
  );
});
