import { describe, expect, test } from 'vitest';
import { MapsReader } from '../../../../src/proc/maps/maps-reader.ts';
import { SmapsReader } from '../../../../src/proc/maps/smaps-reader.ts';
import { CHUNK_SIZES, chunks, tightWindow } from '../../../support/text/chunks.ts';

const record = (header: string, rss: number) => `${header}\nRss: ${rss} kB\nVmFlags: rd wr \n`;

describe.each(CHUNK_SIZES)('a mapping that grew while it was read, in chunks of %d bytes', (n) => {
  const fromMaps = (text: string) => namesOf(new MapsReader(chunks(text, n), tightWindow(n)));
  const fromSmaps = (text: string) =>
    namesOf(new SmapsReader(chunks(text, n), 'all', tightWindow(n)));

  test('is shown once, with its larger end, from maps', () => {
    const text =
      '1000-2000 rw-p 0 0:0 1 /a\n3000-4000 rw-p 0 0:0 0 \n3000-9000 rw-p 0 0:0 0 \na000-b000 r--p 0 0:0 1 /c\n';
    expect(fromMaps(text)).toEqual({
      seen: ['1000-2000', '3000-9000', 'a000-b000'],
      isQuiet: true,
    });
  });

  test('is shown once, with its later fields, from smaps', () => {
    const text = [
      record('1000-2000 rw-p 0 0:0 1 /a', 1),
      record('3000-4000 rw-p 0 0:0 0 ', 2),
      record('3000-9000 rw-p 0 0:0 0 ', 3),
      record('a000-b000 r--p 0 0:0 1 /c', 4),
    ].join('');
    const seen = ['1000-2000 1', '3000-9000 3', 'a000-b000 4'];
    expect(fromSmaps(text)).toEqual({ seen, isQuiet: true });
  });

  test('is shown once although it was listed three times, at the end of the file', () => {
    const text = [4, 5, 6].map((end) => record(`3000-${end}000 rw-p 0 0:0 0 `, end)).join('');
    expect(fromSmaps(text)).toEqual({ seen: ['3000-6000 6'], isQuiet: true });
    expect(fromMaps(text.replace(/^[RV].*\n/gm, ''))).toEqual({
      seen: ['3000-6000'],
      isQuiet: true,
    });
  });

  test('stays as it was listed first if the second line is damaged', () => {
    const text = '3000-4000 rw-p 0 0:0 0 \n3000-x000 rw-p 0 0:0 0 \n';
    expect(fromMaps(text)).toEqual({ seen: ['3000-4000'], isQuiet: false });
    const smaps = `${record('3000-4000 rw-p 0 0:0 0 ', 1)}${record('3000-x000 rw-p 0 0:0 0 ', 2)}`;
    expect(fromSmaps(smaps)).toEqual({ seen: ['3000-4000 1'], isQuiet: false });
  });

  test('is not one whose start only begins alike', () => {
    const text = '3000-4000 rw-p 0 0:0 0 \n30000-40000 rw-p 0 0:0 0 \n';
    expect(fromMaps(text)).toEqual({ seen: ['3000-4000', '30000-40000'], isQuiet: true });
  });
});

function namesOf(reader: MapsReader | SmapsReader) {
  const seen: string[] = [];
  for (let row = reader.next(); row !== undefined; row = reader.next()) {
    const rss = row.values.find((value) => typeof value === 'number');
    const range = `${row.start.toString(16)}-${row.end.toString(16)}`;
    seen.push(rss === undefined ? range : `${range} ${rss}`);
  }
  const { malformedCount, wentBackwards, wasCut } = reader.notes;
  return { seen, isQuiet: malformedCount === 0 && !wentBackwards && !wasCut };
}
