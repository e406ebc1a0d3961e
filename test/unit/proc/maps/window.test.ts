import { describe, expect, test } from 'vitest';
import { ByteWindow } from '../../../../src/proc/maps/window.ts';
import { chunks } from '../../../support/text/chunks.ts';

const NEWLINE = 0x0a;

function content(window: ByteWindow): string {
  return window.bytes.toString('latin1', window.pos, window.end);
}

describe('a window over a file', () => {
  test('is empty before it is filled, with a newline at its end', () => {
    const window = new ByteWindow(chunks('abc', 10));
    expect([window.pos, window.end, window.atEof]).toEqual([0, 0, false]);
    expect(window.bytes[window.end]).toBe(NEWLINE);
  });

  test('reads a batch at a time, in as many calls as that takes', () => {
    const window = new ByteWindow(chunks('abcdefghij', 2), { capacity: 8, batch: 3 });
    expect(window.fill()).toBe(true);
    expect(content(window)).toBe('abcd');
    expect(window.bytes[window.end]).toBe(NEWLINE);
    expect(window.atEof).toBe(false);
  });

  test('keeps what was not consumed, and drops the rest', () => {
    const window = new ByteWindow(chunks('abcdefghij', 4), { capacity: 8, batch: 4 });
    window.fill();
    window.pos = 3;
    window.fill();
    expect(content(window)).toBe('defgh');
    expect(window.pos).toBe(0);
    expect(window.bytes).toHaveLength(9);
  });

  test('reports its end, however often it is asked', () => {
    const window = new ByteWindow(chunks('abc', 4), { capacity: 8, batch: 4 });
    expect(window.fill()).toBe(true);
    expect(window.atEof).toBe(true);
    expect(window.fill()).toBe(false);
    expect(content(window)).toBe('abc');
    expect(window.bytes[window.end]).toBe(NEWLINE);
  });

  test('does not grow while records are consumed', () => {
    const window = new ByteWindow(chunks('x'.repeat(100_000), 4096), { capacity: 64, batch: 32 });
    while (window.fill()) window.pos = window.end;
    expect(window.bytes).toHaveLength(65);
  });

  test.each([1, 7, 4096])('grows until a line of 1 MiB fits, in reads of %d bytes', (chunk) => {
    const line = `${'x'.repeat((1 << 20) - 2)}y\n`;
    const window = new ByteWindow(chunks(`${line}next`, chunk), { capacity: 16, batch: 4096 });
    while (window.bytes.indexOf(NEWLINE, window.pos) === window.end) window.fill();
    expect(window.bytes.indexOf(NEWLINE)).toBe(line.length - 1);
    expect(content(window).startsWith(line)).toBe(true);
    expect(window.bytes.length).toBeLessThanOrEqual(4 * (1 << 20));
  });

  test('passes errors of read() on', () => {
    const broken = {
      path: '/proc/1/maps',
      read: () => {
        throw Object.assign(new Error('ESRCH: no such process, read'), { code: 'ESRCH' });
      },
      close: () => {},
    };
    expect(() => new ByteWindow(broken).fill()).toThrow('ESRCH');
  });
});
