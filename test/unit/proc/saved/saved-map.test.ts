import { spawn } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../../../src/model/errors/problem.ts';
import { slotOf } from '../../../../src/model/fields.ts';
import {
  openSaved,
  openSavedSource,
  placeholderHead,
  type SavedMap,
} from '../../../../src/proc/saved/saved-map.ts';
import { fdSource } from '../../../../src/proc/source/fd-source.ts';
import { inTemporaryDirectory, openPipe } from '../../../support/program.ts';
import { CHUNK_SIZES, chunks } from '../../../support/text/chunks.ts';

const SAVED = new URL('../../../../fixtures/saved/', import.meta.url).pathname;
const LINE = "'start-end perms offset device inode [name]'";
const A = '1000-2000 rw-p 0 0:0 1 /a\n';
const B = '3000-4000 r--p 0 0:0 2 /b\n';

function drain({ reader, kind }: SavedMap) {
  const names: string[] = [];
  let rssKib = 0;
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    names.push(mapping.name);
    rssKib += Number(mapping.values[slotOf.Rss] ?? 0);
  }
  reader.close();
  const { malformedCount, wasCut } = reader.notes;
  return { kind, count: names.length, rssKib, last: names.at(-1), malformedCount, wasCut };
}

function complaint(open: () => unknown) {
  try {
    open();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return undefined;
}

const WHOLE = { count: 24, last: '[vsyscall]', malformedCount: 0, wasCut: false };

describe('a saved file', () => {
  test.each([
    ['sleep.smaps', { kind: 'smaps', rssKib: 1484, ...WHOLE }],
    ['sleep.maps', { kind: 'maps', rssKib: 0, ...WHOLE }],
    ['crlf.smaps', { kind: 'smaps', rssKib: 1484, ...WHOLE }],
    ['crlf.maps', { kind: 'maps', rssKib: 0, ...WHOLE }],
    ['bom.smaps', { kind: 'smaps', rssKib: 1484, ...WHOLE }],
  ])('is recognized by its content and read: %s', (file, expected) => {
    expect(drain(openSaved(join(SAVED, file), 'all'))).toEqual(expected);
  });

  test('that was cut shows what is complete, and that it was cut', () => {
    const { wasCut, count, malformedCount } = drain(openSaved(join(SAVED, 'cut.smaps'), 'all'));
    expect({ wasCut, count, malformedCount }).toEqual({
      wasCut: true,
      count: 6,
      malformedCount: 0,
    });
  });

  test('gives only the fields that are wanted', () => {
    const { reader } = openSaved(join(SAVED, 'sleep.smaps'), ['Rss']);
    expect(reader.next()?.values.filter((value) => value !== undefined)).toEqual([8]);
    reader.close();
  });

  test.each([
    ['empty', 'malformed', 'is empty: expected a saved maps or smaps file'],
    [
      'not-a-map',
      'malformed',
      `is not a maps or smaps file: expected ${LINE} in line 1, found '1234:   /usr/bin/sleep 1000'`,
    ],
    [
      'rollup',
      'malformed',
      `is not a maps or smaps file: expected ${LINE} in line 1, found totals only (smaps_rollup)`,
    ],
    ['there-is-none', 'missing-file', 'no such file'],
    ['empty/x', 'missing-file', 'no such file'],
    ['', 'read-error', 'is a directory'],
  ])('is refused: %j', (file, code, message) => {
    const path = join(SAVED, file);
    expect(complaint(() => openSaved(path, 'all'))).toEqual({
      pid: 0,
      subject: path,
      code,
      message,
    });
  });

  test('that cannot be read to its end is refused with the errno', () => {
    expect(complaint(() => openSaved('/proc/self/mem', 'all'))?.message).toBe(
      'cannot be read: EIO',
    );
  });
});

describe.each(CHUNK_SIZES)('a saved text in chunks of %d bytes', (n) => {
  test.each([
    ['one line of maps', A, 'maps', 1],
    ['maps', A + B, 'maps', 2],
    ['a cut line', A.trimEnd(), 'maps', 1],
    ['smaps', `${A}Rss: 1 kB\n${B}Rss: 2 kB\n`, 'smaps', 2],
    ['smaps whose first record has no fields', `${A}${B}Rss: 2 kB\n`, 'smaps', 2],
    ['smaps cut in its first key', `${A}Rss: 1`, 'smaps', 1],
    ['smaps of Windows', `${A}Rss: 1 kB\n${B}Rss: 2 kB\n`.replaceAll('\n', '\r\n'), 'smaps', 2],
    ['maps with a byte order mark', `\xef\xbb\xbf${A}${B}`, 'maps', 2],
    ['maps with damage behind its first line', `${A}what\n${B}`, 'maps', 2],
  ])('is recognized and read completely: %s', (_, text, kind, count) => {
    expect(drain(openSavedSource(chunks(text, n), 'all'))).toMatchObject({ kind, count });
  });

  test.each([
    ['a mapping whose name ends with a CR', `${A}1000-2000 rw-p 0 0:0 1 /a\r\n`, '/a\r'],
    [
      'a CR at the end of a CRLF text',
      '1000-2000 rw-p 0 0:0 1 /a\r\n2000-3000 rw-p 0 0:0 1 /b\r',
      '/b\r',
    ],
    ['two CRs', '1000-2000 rw-p 0 0:0 1 /a\r\r\n', '/a\r'],
  ])('keeps a CR that does not end a line: %s', (_, text, last) => {
    expect(drain(openSavedSource(chunks(text, n), 'all')).last).toBe(last);
  });

  test.each([
    ['controls', '\x1b]0;x\x07', "found '\\x1b]0;x\\x07'"],
    ['UTF-16', `\xff\xfe${'1\x000\0'.repeat(9)}`, 'found UTF-16 text'],
    ['an empty line', `\n${A}`, "found ''"],
    ['a long line', 'z'.repeat(9999), `found '${'z'.repeat(60)}'`],
    ['a field', 'Rss: 1 kB\n', "found 'Rss: 1 kB'"],
  ])('is refused, with the text that is not a mapping: %s', (_, text, found) => {
    expect(complaint(() => openSavedSource(chunks(text, n), 'all'))?.message).toContain(found);
  });
});

test('a text is read completely, although only its beginning is inspected', () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `/file-${i}`);
  const line = (name: string, i: number) =>
    `${(0x1000 * (i + 1)).toString(16)}-${(0x1000 * (i + 2)).toString(16)} rw-p 0 0:0 1 ${name}`;
  for (const end of ['\n', '\r\n']) {
    const text = names.map((name, i) => `${line(name, i)}${end}Rss: 1 kB${end}`).join('');
    const { count, rssKib, last } = drain(openSavedSource(chunks(text, 5000), 'all'));
    expect({ count, rssKib, last }).toEqual({ count: 20_000, rssKib: 20_000, last: '/file-19999' });
  }
});

test('a source that is refused is closed', () => {
  let closed = 0;
  const source = { ...chunks('what\n', 64), close: () => closed++ };
  expect(() => openSavedSource(source, 'all')).toThrow(ProblemError);
  expect(closed).toBe(1);
});

test('a non-blocking pipe is read again until its bytes are there', async () => {
  await inTemporaryDirectory((directory) => {
    const { reader, writer } = openPipe(join(directory, 'pipe'));
    const command = 'sleep 0.2; head -c 999 "$0"; sleep 0.1; tail -c +1000 "$0"';
    const file = join(SAVED, 'sleep.smaps');
    spawn('sh', ['-c', command, file], { stdio: ['ignore', writer, 'ignore'] });
    closeSync(writer);
    expect(drain(openSavedSource(fdSource(reader, 'standard input'), 'all'))).toEqual({
      kind: 'smaps',
      rssKib: 1484,
      ...WHOLE,
    });
  });
});

test('the process of a saved file is named after the file', () => {
  const unknown = {
    pid: 0,
    askedPid: 0,
    state: '?',
    cmdline: '',
    startStack: 0,
    startTimeTicks: 0,
  };
  expect(placeholderHead('/tmp/sérver.smaps')).toEqual({ ...unknown, comm: 's\xc3\xa9rver.smaps' });
  expect(placeholderHead('-')).toEqual({ ...unknown, comm: 'standard input' });
});

test('the saved files are those of process 1001', () => {
  const recorded = readFileSync(join(SAVED, '../proc/1001/smaps'), 'latin1');
  expect(readFileSync(join(SAVED, 'sleep.smaps'), 'latin1')).toBe(recorded);
  expect(readFileSync(join(SAVED, 'crlf.smaps'), 'latin1')).toBe(recorded.replaceAll('\n', '\r\n'));
});
