import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DETAILS } from '../../../src/model/detail.ts';
import { type FieldKind, FieldVocabulary, KNOWN_FIELDS } from '../../../src/model/fields.ts';
import { KINDS } from '../../../src/model/kind.ts';
import { type Mapping, NO_MAPPING } from '../../../src/model/mapping.ts';
import type { Sample } from '../../../src/model/sample.ts';
import { decodeHeader, encodeHeader } from '../../../src/recording/header.ts';
import { FormatError } from '../../../src/recording/json-shape.ts';
import { SampleEncoder } from '../../../src/recording/write/encode.ts';
import { PIDS } from '../../support/reports.ts';
import {
  contentOf,
  decodedLine,
  fixtureSample,
  HEADER,
  lineOf,
} from '../../support/text/recordings.ts';

/** Fixtures of processes with memory; others have nothing to sample. */
const LIVING = PIDS.filter((pid) => {
  try {
    fixtureSample(pid);
    return true;
  } catch {
    return false;
  }
});

describe('a sample', () => {
  test.each(LIVING.flatMap((pid) => DETAILS.map((detail) => ({ pid, detail }))))(
    'of fixture $pid by $detail reads back as it was',
    ({ pid, detail }) => {
      const sample = fixtureSample(pid, detail);
      const read = decodedLine(lineOf(sample, 7));
      expect(contentOf(read)).toEqual(contentOf(sample));
      expect(read.moment).toBe(7);
    },
  );

  test('has the text that the format describes', () => {
    const vocabulary = new FieldVocabulary();
    vocabulary.meet(vocabulary.slot('Size'), 'kib', -1);
    vocabulary.meet(vocabulary.slot('Rss'), 'kib', vocabulary.slot('Size'));
    vocabulary.meet(vocabulary.slot('Novel'), 'count', vocabulary.slot('Rss'));
    vocabulary.meet(vocabulary.slot('VmFlags'), 'text', vocabulary.slot('Novel'));
    const values = KNOWN_FIELDS.map((name) =>
      name === 'Size' ? 8 : name === 'VmFlags' ? 'rd mr' : undefined,
    );
    const row: Mapping = {
      start: 0xffffffffff600000,
      end: 0xffffffffff602000,
      perms: 'r-xp',
      offset: 0x1000,
      deviceMajor: 0xfd,
      deviceMinor: 1,
      inode: '18446744073709551615',
      name: 'caf\xc3\xa9 \xff',
      values: [...values, 3],
    };
    const head = {
      pid: 12,
      askedPid: 13,
      comm: 'caf\xc3\xa9',
      state: 'S',
      cmdline: 'a\0\0b\0',
      startStack: 0x7ffc0000,
      startTimeTicks: 99,
    };
    const sample: Sample = {
      takenAtMs: HEADER.startedAtMs,
      head,
      detail: 'all',
      vocabulary,
      isSharedMemoryDevice: (major) => major === 0,
      rows: [{ ...row, name: '' }, row],
    };
    expect(JSON.parse(lineOf(sample, 3, undefined, 'nobody'))).toEqual({
      moment: 3,
      taken_at: '2026-11-22T10:00:00.000Z',
      process: {
        pid: 12,
        asked_pid: 13,
        start_time_ticks: 99,
        comm: 'café',
        command: 'a\0\0b\0',
        state: 'S',
        user: 'nobody',
        start_stack: '7ffc0000',
      },
      detail: 'all',
      shared_memory_devices: ['00:00'],
      fields: [
        ['Size', 'bytes'],
        ['Rss', 'bytes'],
        ['Novel', 'count'],
        ['VmFlags', 'text'],
      ],
      columns: [
        ...['start', 'end', 'perms', 'offset', 'device', 'inode', 'name'],
        ...['Size', 'Rss', 'VmFlags', 'Novel'],
      ],
      rows: [
        [
          ...['ffffffffff600000', 'ffffffffff602000', 'r-xp', '1000', 'fd:01'],
          ...['18446744073709551615', '', 8192, null, 'rd mr', 3],
        ],
        [
          ...['ffffffffff600000', 'ffffffffff602000', 'r-xp', '1000', 'fd:01'],
          ...['18446744073709551615', { base64: 'Y2Fmw6kg/w==' }, 8192, null, 'rd mr', 3],
        ],
      ],
    });
  });

  test('reads back with fields that come later, elsewhere, or with another kind of value', () => {
    fc.assert(
      fc.property(samples(), (sample) => {
        const read = decodedLine(lineOf(sample));
        expect(contentOf(read)).toEqual(contentOf(sample));
      }),
    );
  });

  test('leaves nothing for the next one of the same encoder', () => {
    const encoder = new SampleEncoder();
    fc.assert(
      fc.property(samples(), fc.boolean(), (sample, isVoid) => {
        if (isVoid) {
          encoder.begin(fixtureSample(1001));
          for (const row of fixtureSample(1001).rows) encoder.row(row);
        }
        expect(lineOf(sample, 1, encoder)).toBe(lineOf(sample));
      }),
      { numRuns: 30 },
    );
  });

  test('reads back if it is larger than the first buffer', () => {
    const row = { ...NO_MAPPING, name: 'x'.repeat(4000) };
    const rows = Array.from({ length: 1000 }, (_, start) => ({ ...row, start, end: start }));
    const sample = { ...fixtureSample(1001), rows };
    expect(decodedLine(lineOf(sample)).rows).toHaveLength(1000);
    const cmdline = 'y'.repeat(200_000);
    const long = { ...sample, head: { ...sample.head, cmdline }, rows: rows.slice(0, 3) };
    expect(contentOf(decodedLine(lineOf(long)))).toEqual(contentOf(long));
  });
});

describe('a header', () => {
  test('reads back as it was', () => {
    const line = encodeHeader(HEADER).toString();
    expect(decodeHeader(JSON.parse(line))).toEqual(HEADER);
    const bare = {
      ...HEADER,
      host: undefined,
      kernel: undefined,
      pageSizeBytes: undefined,
      maxMapCount: undefined,
    };
    expect(decodeHeader(JSON.parse(encodeHeader(bare).toString()))).toEqual(bare);
  });
});

describe('a line from another program', () => {
  const good = JSON.parse(lineOf(fixtureSample(1001)));
  const decoded = (change: object) => () => decodedLine(JSON.stringify({ ...good, ...change }));

  test.each<[string, object, string]>([
    ['no moment', { moment: undefined }, 'moment is not a whole number'],
    ['half a moment', { moment: 1.5 }, 'moment is not a whole number'],
    ['a huge moment', { moment: 1e300 }, 'moment is not a whole number'],
    ['a moment beyond counting', { moment: 2 ** 70 }, 'moment is not a whole number'],
    [
      'a process id that is too large',
      { process: { ...good.process, pid: 2 ** 70 } },
      'pid is not a whole number',
    ],
    [
      'a day that does not exist',
      { taken_at: '2026-02-31T10:00:00.000Z' },
      'taken_at is not a time such as 2026-11-22T10:00:00.000Z',
    ],
    [
      'no time',
      { taken_at: 'yesterday' },
      'taken_at is not a time such as 2026-11-22T10:00:00.000Z',
    ],
    ['no process', { process: [] }, 'process is not an object'],
    ['an empty process', { process: {} }, 'pid is not a whole number'],
    [
      'a detail of its own',
      { detail: '__proto__' },
      'detail is not one of all, mapping, kind, total',
    ],
    ['no devices', { shared_memory_devices: null }, 'shared_memory_devices is not a list'],
    [
      'a wrong device',
      { shared_memory_devices: ['0:\x1b'] },
      'a device is not a hexadecimal number',
    ],
    ['no columns', { columns: {} }, 'columns is not a list'],
    [
      'other columns',
      { columns: ['name'] },
      'columns do not begin with start, end, perms, offset, device, inode, name',
    ],
    ['a column twice', { columns: [...good.columns, 'Rss'] }, 'columns has a name twice'],
    [
      'columns beyond measure',
      { columns: [...good.columns, ...Array.from({ length: 1000 }, (_, n) => `F${n}`)] },
      `columns has ${good.columns.length + 1000} names, and at most 1000 are allowed`,
    ],
    [
      'a name with a blank',
      { columns: [...good.columns, 'a b'] },
      'columns has a name that is not a field',
    ],
    [
      'a name with control characters',
      { columns: [...good.columns, 'a\x1b[31m'] },
      'columns has a name that is not a field',
    ],
    [
      'a field twice',
      { fields: [...good.fields, good.fields[0]] },
      'fields and columns do not match',
    ],
    ['a field without column', { fields: [['Other', 'bytes']] }, 'fields and columns do not match'],
    ['an unknown unit', { fields: [['Rss', 'pages']] }, 'fields is not one of bytes, count, text'],
    ['no rows', { rows: 5 }, 'rows is not a list'],
    ['a row that is not a list', { rows: ['abc'] }, 'row 1 is not a list'],
    ['a short row', { rows: [good.rows[0], []] }, 'row 2 has 0 cells'],
    ['a long row', { rows: [[...good.rows[0], 1]] }, `row 1 has ${good.columns.length + 1} cells`],
    [
      'a wrong address',
      { rows: [good.rows[0].with(0, 4096)] },
      'a cell of row 1 is not a hexadecimal number',
    ],
    ['a range backwards', { rows: [good.rows[0].with(1, '0')] }, 'row 1 ends before it begins'],
    ['no permissions', { rows: [good.rows[0].with(2, 'rwx')] }, 'row 1 has wrong permissions'],
    ['a wrong inode', { rows: [good.rows[0].with(5, '-1')] }, 'row 1 has a wrong inode'],
    [
      'two lines in a name',
      { rows: [good.rows[0].with(6, 'a\nb')] },
      'row 1 has a newline in its name',
    ],
    [
      'a negative size',
      { rows: [good.rows[0].with(7, -4096)] },
      'a cell of row 1 is not a whole number',
    ],
    [
      'an object for a size',
      { rows: [good.rows[0].with(7, {})] },
      'a cell of row 1 is neither a string nor base64',
    ],
  ])('with %s is refused', (_, change, message) => {
    expect(decoded(change)).toThrow(new FormatError(message));
  });

  test('is read or refused, whatever it contains', () => {
    const places = fc.array(fc.nat(60), { minLength: 1, maxLength: 5 });
    let refused = 0;
    fc.assert(
      fc.property(places, fc.jsonValue(), (way, value) => {
        try {
          decodedLine(JSON.stringify(changed(good, way, value)));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          refused++;
        }
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});

/** A copy with another value somewhere inside: each step goes to the member of that number. */
function changed(json: unknown, [step = 0, ...way]: readonly number[], value: unknown): unknown {
  if (typeof json !== 'object' || json === null) return value;
  const keys = Object.keys(json);
  const key = keys[step % keys.length];
  if (key === undefined) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(json) ? [...json] : { ...json };
  const members = copy as Record<string, unknown>;
  members[key] = way.length === 0 ? value : changed(members[key], way, value);
  return copy;
}

function bytes(maxLength = 12): fc.Arbitrary<string> {
  return fc
    .oneof(fc.uint8Array({ maxLength }), fc.string({ unit: 'grapheme', maxLength }).map(utf8))
    .map((each) => Buffer.from(each).toString('latin1').replaceAll('\n', ' '));
}

function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

/** Samples as a reading makes them, fields appearing from row to row, by any hostile kernel. */
function samples(): fc.Arbitrary<Sample> {
  const name = fc.oneof(
    fc.constantFrom(...KNOWN_FIELDS),
    bytes(6).map((each) => `X${each.replace(/[^!-~]|:/g, '')}`),
    fc.constantFrom('__proto__', 'constructor', 'start', 'name'),
  );
  const size = fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 53 + 2, 2 ** 64));
  const field = fc.tuple(name, fc.oneof(size, bytes()), fc.constantFrom('kib', 'count', 'text'));
  const fields = fc.uniqueArray(field, { selector: ([each]) => each, maxLength: 6 });
  const page = fc.nat(2 ** 40).map((each) => each * 4096);
  const row = fc.record({
    start: page,
    length: page,
    perms: fc.constantFrom('rw-p', '---s', '\xff\x1b[p'),
    offset: page,
    deviceMajor: fc.nat(4095),
    deviceMinor: fc.nat(),
    inode: fc.bigInt(0n, 2n ** 64n - 1n).map(String),
    name: bytes(40),
    kind: fc.option(fc.constantFrom(...KINDS), { nil: undefined }),
    count: fc.nat(),
    fields,
  });
  return fc
    .record({
      detail: fc.constantFrom(...DETAILS),
      rows: fc.array(row, { maxLength: 6 }),
      head: fc.record({
        pid: fc.nat(),
        askedPid: fc.nat(),
        comm: bytes(),
        state: fc.constantFrom('S', 'R', '?'),
        cmdline: fc.array(bytes()).map((all) => all.map((each) => `${each}\0`).join('')),
        startStack: page,
        startTimeTicks: fc.nat(),
      }),
      takenAtMs: fc.nat(4e12),
      sharedMajor: fc.nat(4095),
    })
    .map(({ detail, rows, head, takenAtMs, sharedMajor }) => {
      const vocabulary = new FieldVocabulary();
      const made = rows.map(({ fields: given, length, kind, count, ...rest }) => {
        const values: Mapping['values'][number][] = [];
        let previous = -1;
        for (const [field, value, fieldKind] of given) {
          const slot = vocabulary.slot(field);
          vocabulary.meet(slot, fieldKind as FieldKind, previous);
          while (values.length <= slot) values.push(undefined);
          values[slot] = value;
          previous = slot;
        }
        const group = { ...(kind === undefined ? {} : { kind }), count };
        if (detail === 'all') return { ...rest, end: rest.start + length, values };
        if (detail === 'total') return { ...NO_MAPPING, values };
        return { ...NO_MAPPING, end: length, perms: rest.perms, name: rest.name, values, ...group };
      });
      const isSharedMemoryDevice = (major: number) => detail === 'all' && major === sharedMajor;
      return { detail, rows: made, head, takenAtMs, vocabulary, isSharedMemoryDevice };
    });
}
