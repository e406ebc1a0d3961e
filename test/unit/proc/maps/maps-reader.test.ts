import { describe, expect, test } from 'vitest';
import { MapsReader } from '../../../../src/proc/maps/maps-reader.ts';
import { CHUNK_SIZES, chunks, tightWindow } from '../../../support/text/chunks.ts';

const EXPECTED = "'start-end perms offset device inode [name]'";

function read(text: string, chunkBytes: number) {
  const reader = new MapsReader(chunks(text, chunkBytes), tightWindow(chunkBytes));
  const names: string[] = [];
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    names.push(mapping.name);
  }
  const { malformed, malformedCount, wentBackwards, wasCut } = reader.notes;
  return { names, malformed, malformedCount, wentBackwards, wasCut };
}

const CALM = { malformed: undefined, malformedCount: 0, wentBackwards: false, wasCut: false };

describe.each(CHUNK_SIZES)('the reader of maps, in chunks of %d bytes', (n) => {
  test('reads nothing from an empty file', () => {
    expect(read('', n)).toEqual({ names: [], ...CALM });
  });

  test('reads one mapping a line', () => {
    const text = '1000-2000 rw-p 0 0:0 1 /a\n2000-3000 rw-p 0 0:0 0 \n3000-4000 rw-p 0 0:0 2 /b\n';
    expect(read(text, n)).toEqual({ names: ['/a', '', '/b'], ...CALM });
  });

  test('skips damaged lines, keeps the first and counts all', () => {
    const text = '1000-2000 rw-p 0 0:0 1 /a\ngarbage\n\n3000-4000 rw-p 0 0:0 2 /b\n\0\xff more\n';
    expect(read(text, n)).toEqual({
      names: ['/a', '/b'],
      malformed: { line: 2, expected: EXPECTED, found: 'garbage' },
      malformedCount: 3,
      wentBackwards: false,
      wasCut: false,
    });
  });

  test('quotes no more than 60 bytes of a damaged line', () => {
    expect(read(`${'z'.repeat(5000)}\n`, n).malformed?.found).toBe('z'.repeat(60));
  });

  test('shows a last line that lacks only its newline', () => {
    const text = '1000-2000 rw-p 0 0:0 1 /a\n3000-4000 rw-p 0 0:0 2 /b';
    expect(read(text, n)).toEqual({ names: ['/a', '/b'], ...CALM });
  });

  test('reports that a file was cut in the middle of an address', () => {
    const { names, wasCut } = read('1000-2000 rw-p 0 0:0 1 /a\n30', n);
    expect(names).toEqual(['/a']);
    expect(wasCut).toBe(true);
  });

  test.each([
    ['1000-2000 rw-p 0 0:0 1 /a\n2000-3000 rw-p 0 0:0 1 /b\n', false],
    ['1000-2000 rw-p 0 0:0 1 /a\n1000-3000 rw-p 0 0:0 1 /a\n', false],
    ['1000-3000 rw-p 0 0:0 1 /a\n1000-2000 rw-p 0 0:0 1 /a\n', false],
    ['3000-4000 rw-p 0 0:0 1 /a\n1000-2000 rw-p 0 0:0 1 /b\n', true],
    ['1000-3000 rw-p 0 0:0 1 /a\n2000-4000 rw-p 0 0:0 1 /b\n', true],
  ])('notes whether addresses went backwards: %j %j', (text, backwards) => {
    expect(read(text, n).wentBackwards).toBe(backwards);
  });
});

test('a mapping has no fields if only maps was read', () => {
  const reader = new MapsReader(chunks('1000-2000 rw-p 0 0:0 1 /a\n', 64));
  expect(reader.next()?.values).toEqual([]);
  expect(reader.vocabulary.order).toEqual([]);
});

test('a line of half a MiB is read whole', () => {
  const name = `/${'x'.repeat(1 << 19)}`;
  const reader = new MapsReader(chunks(`1000-2000 rw-p 0 0:0 1 ${name}\n`, 4096));
  expect(reader.next()?.name).toBe(name);
  expect(reader.next()).toBeUndefined();
});

test('a line of more than 1 MiB is refused', () => {
  const text = `1000-2000 rw-p 0 0:0 1 /a\n2000-3000 rw-p 0 0:0 1 /${'x'.repeat(3 << 20)}\n`;
  const reader = new MapsReader(chunks(text, 4096));
  expect(reader.next()?.name).toBe('/a');
  expect(() => reader.next()).toThrow(
    '/proc/1/smaps: the record that begins in line 2 is longer than 1 MiB, so this is no maps or smaps file',
  );
});

test('closing the reader closes its file', () => {
  let closed = 0;
  const source = { ...chunks('', 1), close: () => closed++ };
  new MapsReader(source).close();
  expect(closed).toBe(1);
});
