import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../../../src/model/errors/problem.ts';
import { slotOf } from '../../../../src/model/fields.ts';
import { openText, openTextSource } from '../../../../src/proc/saved/open-text.ts';
import { SavedText } from '../../../../src/proc/saved/saved-text.ts';
import { CHUNK_SIZES, chunks } from '../../../support/text/chunks.ts';

const SAVED = new URL('../../../../fixtures/saved/', import.meta.url).pathname;
const A = '1000-2000 rw-p 0 0:0 1 /a\n';
const B = '3000-4000 r--p 0 0:0 2 /b\n';
const rollup = (start: string) => `${start}-ffff000 ---p 00000000 00:00 0    [rollup]\nRss: 9 kB\n`;
const smaps = (...records: readonly (readonly [string, number])[]) =>
  records.map(([header, rss]) => `${header}Rss: ${rss} kB\n`).join('');

type Text = Awaited<ReturnType<typeof openText>>;

/** The processes of a text: kind, pid, names of mappings with their RSS, and the first damaged line. */
function processesOf(text: Text) {
  const saved = new SavedText(text);
  const list: unknown[] = [];
  for (let next = saved.next(); next !== undefined; next = saved.next()) {
    const { kind, pid } = next;
    const who = pid === undefined ? kind : `${kind} of ${pid}`;
    if (kind === 'rollup') {
      list.push([who, next.totals?.values[slotOf.Rss]]);
      continue;
    }
    const reader = next.open('all');
    const seen: string[] = [];
    for (let row = reader.next(); row !== undefined; row = reader.next()) {
      seen.push([row.name, row.values[slotOf.Rss]].filter((part) => part !== undefined).join(' '));
    }
    const { malformed, wasCut } = reader.notes;
    const damage = malformed === undefined ? [] : [`line ${malformed.line}`];
    list.push([who, ...seen, ...damage, ...(wasCut ? ['cut'] : [])]);
  }
  saved.close();
  return list;
}

const read = async (text: string | Buffer, n: number) =>
  processesOf(await openTextSource(chunks(text, n)));

describe.each(CHUNK_SIZES)('a saved text in chunks of %d bytes', (n) => {
  test.each([
    ['maps', A + B, [['maps', '/a', '/b']]],
    ['one line of maps', A, [['maps', '/a']]],
    ['maps without the last newline', (A + B).trimEnd(), [['maps', '/a', '/b']]],
    ['smaps', smaps([A, 1], [B, 2]), [['smaps', '/a 1', '/b 2']]],
    [
      'smaps without the last newline',
      smaps([A, 1], [B, 2]).trimEnd(),
      [['smaps', '/a 1', '/b 2']],
    ],
    [
      'smaps cut in its last number',
      `${smaps([A, 1])}${B}Rss: 2 k`,
      [['smaps', '/a 1', '/b', 'cut']],
    ],
    [
      'smaps with a record without fields',
      `${smaps([A, 1])}${B}5000-6000 rw-p 0 0:0 1 /c\nRss: 3 kB\n`,
      [['smaps', '/a 1', '/b', '/c 3']],
    ],
    ['Windows lines', smaps([A, 1], [B, 2]).replaceAll('\n', '\r\n'), [['smaps', '/a 1', '/b 2']]],
    [
      'lines of adb through Windows',
      smaps([A, 1], [B, 2]).replaceAll('\n', '\r\r\n'),
      [['smaps', '/a 1', '/b 2']],
    ],
    [
      'Windows lines but one',
      `${smaps([A, 1], [B, 2]).replaceAll('\n', '\r\n')}5000-6000 rw-p 0 0:0 1 /c\nRss: 3 kB\n`,
      [['smaps', '/a 1', '/b 2', '/c 3']],
    ],
    [
      'a name that ends in CR',
      '1000-2000 rw-p 0 0:0 1 /a\r\n3000-4000 rw-p 0 0:0 1 /b\n',
      [['maps', '/a\r', '/b']],
    ],
    ['a byte order mark', `\xef\xbb\xbf${A}${B}`, [['maps', '/a', '/b']]],
    [
      'blank lines around and between records',
      `\n\n${smaps([A, 1])}\n${smaps([B, 2])}\n`,
      [['smaps', '/a 1', '/b 2']],
    ],
    ['a blank line within a record', `${A}\nRss: 1 kB\n`, [['smaps', '/a', 'line 2']]],
    ['damage behind its first line', `${A}what\n${B}`, [['maps', '/a', '/b', 'line 2']]],
    [
      'an overlap',
      `1000-5000 rw-p 0 0:0 1 /a\n3000-4000 rw-p 0 0:0 1 /b\n`,
      [['maps', '/a', '/b', 'line 2']],
    ],
    [
      'two first lines in one',
      `${A.trimEnd()}00003000-00004000 r--p 00000000 00:00 0 \n`,
      [['maps', '/a00003000-00004000 r--p 00000000 00:00 0 ', 'line 1']],
    ],
  ])('is read: %s', async (_, text, expected) => {
    expect(await read(text, n)).toEqual(expected);
  });

  test.each([
    [
      'a heading',
      `==> /proc/12/smaps <==\n${smaps([A, 1])}\n==> /proc/13/smaps <==\n${smaps([A, 2])}`,
      [
        ['smaps of 12', '/a 1'],
        ['smaps of 13', '/a 2'],
      ],
    ],
    [
      'a heading, although addresses go on',
      `==> 12/maps <==\n${A}\n==> 13/maps <==\n${B}`,
      [
        ['maps of 12', '/a'],
        ['maps of 13', '/b'],
      ],
    ],
    [
      'an address below the start of the one before',
      smaps([A, 1], [B, 2]) + smaps([A, 3]),
      [
        ['smaps', '/a 1', '/b 2'],
        ['smaps', '/a 3'],
      ],
    ],
    [
      'and the damage stays in its process',
      `${smaps([A, 1], [B, 2])}${A}Rss: x kB\n${smaps([B, 4])}`,
      [
        ['smaps', '/a 1', '/b 2'],
        ['smaps', '/a', '/b 4', 'line 6'],
      ],
    ],
    [
      'after a thread of it',
      `==> /proc/12/task/14/smaps <==\n${smaps([A, 1])}`,
      [['smaps of 12', '/a 1']],
    ],
    [
      'but not at a file that is no map',
      `==> /proc/12/status <==\nName: x\nPid: 12\n\n==> /proc/12/maps <==\n${A}`,
      [['maps of 12', '/a']],
    ],
  ])('begins a new process at %s', async (_, text, expected) => {
    expect(await read(text, n)).toEqual(expected);
  });

  test.each([
    ['after its smaps', smaps([A, 1], [B, 2]) + rollup('1000'), [['smaps', '/a 1', '/b 2']]],
    ['after a smaps of one mapping', smaps([A, 1]) + rollup('1000'), [['smaps', '/a 1']]],
    ['before its smaps', rollup('1000') + smaps([A, 1], [B, 2]), [['smaps', '/a 1', '/b 2']]],
    [
      'behind a heading',
      `==> /proc/7/smaps <==\n${smaps([A, 1], [B, 2])}\n==> /proc/7/smaps_rollup <==\n${rollup('1000')}`,
      [['smaps of 7', '/a 1', '/b 2']],
    ],
    ['alone', rollup('1000'), [['rollup', 9]]],
    [
      'of several processes',
      `==> /proc/7/smaps_rollup <==\n${rollup('1000')}\n==> /proc/8/smaps_rollup <==\n${rollup('2000')}`,
      [
        ['rollup of 7', 9],
        ['rollup of 8', 9],
      ],
    ],
    [
      'of another process',
      smaps([A, 1]) + rollup('5000') + smaps([B, 2]),
      [
        ['smaps', '/a 1'],
        ['rollup', 9],
        ['smaps', '/b 2'],
      ],
    ],
  ])('never takes totals for a mapping: %s', async (_, text, expected) => {
    expect(await read(text, n)).toEqual(expected);
  });

  test('in UTF-16 of both byte orders is read', async () => {
    const text = smaps([A.replace('/a', '/ä€😀'), 1], [B, 2]);
    const little = Buffer.from(`\ufeff${Buffer.from(text, 'utf8').toString('utf8')}`, 'utf16le');
    const name = Buffer.from('/ä€😀', 'utf8').toString('latin1');
    const expected = [['smaps', `${name} 1`, '/b 2']];
    expect(await read(little, n)).toEqual(expected);
    expect(await read(Buffer.from(little).swap16(), n)).toEqual(expected);
  });

  test('refuses a line that is longer than any of a kernel', async () => {
    const text = `${A}3000-4000 rw-p 0 0:0 1 /${'x'.repeat(3 << 20)}\n`;
    await expect(read(text, Math.max(n, 4096))).rejects.toThrow('longer than 1 MiB');
  });
});

describe('a text that is something else', () => {
  const map = [A, B, '5000-6000 rw-p 0 0:0 0 \n'].join('');
  const runs = async (text: string, n: number) => {
    const open = await openTextSource(chunks(text, n));
    return { processes: processesOf(open), runs: open.loose?.runs };
  };

  test.each(CHUNK_SIZES)('has its maps found, in chunks of %d bytes', async (n) => {
    const log = `# A crash, at 1000-2000\n======= Memory map: ========\n${map}\nVM Arguments:\n> ${map.trimEnd().replaceAll('\n', '\n> ')}\n$ exit\n`;
    expect(await runs(log, n)).toEqual({
      processes: [
        ['maps', '/a', '/b', ''],
        ['maps', '/a', '/b', ''],
      ],
      runs: [
        { from: 3, to: 5 },
        { from: 8, to: 10 },
      ],
    });
  });

  test.each([
    [
      'indented smaps',
      `Look:\n${smaps([A, 1], [B, 2], ['5000-6000 rw-p 0 0:0 0 \n', 3]).replace(/^/gm, '    ')}`,
      [['smaps', '/a 1', '/b 2', ' 3']],
    ],
    [
      'a quoted smaps',
      `Look:\n${smaps([A, 1], [B, 2], ['5000-6000 rw-p 0 0:0 0 \n', 3]).replace(/^(?=.)/gm, '> > ')}bye\n`,
      [['smaps', '/a 1', '/b 2', ' 3']],
    ],
    [
      'a damaged field in it',
      `Look:\n${smaps([A, 1], [B, 2])}5000-6000 rw-p 0 0:0 0 \nRss: much\n`,
      [['smaps', '/a 1', '/b 2', '', 'line 7']],
    ],
  ])('is read behind what stands before its lines: %s', async (_, text, expected) => {
    expect((await runs(text, 64)).processes).toEqual(expected);
  });

  test('has no map in one or two lines', async () => {
    expect(await runs(`Two lines:\n${A}${B}are no map.\n${A}`, 64)).toEqual({
      processes: [],
      runs: [],
    });
  });
});

describe('a saved file', () => {
  test.each(['sleep.smaps', 'crlf.smaps', 'bom.smaps'])('%s is read', async (file) => {
    const [process] = processesOf(await openText(join(SAVED, file))) as [string[]];
    expect(process?.length).toBe(25);
    expect(process?.at(-1)).toMatch(/^\[vsyscall\]/);
  });

  test.each([
    ['empty', 'malformed', 'is empty: expected a saved maps or smaps file'],
    ['there-is-none', 'missing-file', 'no such file'],
    ['empty/x', 'missing-file', 'no such file'],
    ['', 'read-error', 'is a directory'],
  ])('is refused: %j', async (file, code, message) => {
    const error = await openText(join(SAVED, file)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem).toMatchObject({ code, message });
  });
});
