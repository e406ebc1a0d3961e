import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MappingReader, WantedFields } from '../../../../src/proc/maps/mapping-reader.ts';
import { MapsReader } from '../../../../src/proc/maps/maps-reader.ts';
import { SmapsReader } from '../../../../src/proc/maps/smaps-reader.ts';
import { CHUNK_SIZES, chunks, tightWindow } from '../../../support/text/chunks.ts';
import {
  type ReferenceMapping,
  referenceMappings,
} from '../../../support/text/reference-reader.ts';
import { mapsTextOf, smapsText } from '../../../support/text/smaps-text.ts';

const ROOT = new URL('../../../../fixtures/proc/', import.meta.url);
/** fixtures/README.md lists these as damaged: the reference reader takes the kernel's form alone. */
const DAMAGED = ['2901', '2902', '2903', '2904', '2905', '2906', '2907'];
const FIXTURES = readdirSync(ROOT).filter((pid) => !DAMAGED.includes(pid));
const SOME: readonly WantedFields[] = [
  ['Rss', 'Shared_Dirty', 'Private_Dirty'],
  ['Swap', 'VmFlags', 'Swa', 'f00'],
  { except: ['VmFlags', 'Rss', 'f00'] },
];

function fixture(pid: string, file: string): string {
  return readFileSync(new URL(`${pid}/${file}`, ROOT), 'latin1');
}

function drain(reader: MappingReader): ReferenceMapping[] {
  const list: ReferenceMapping[] = [];
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    const { start, end, perms, offset, deviceMajor, deviceMinor, inode, name, values } = mapping;
    const met = values.flatMap((value, slot): [string, number | string][] =>
      value === undefined ? [] : [[reader.vocabulary.name(slot), value]],
    );
    const fields = Object.fromEntries(met);
    list.push({ start, end, perms, offset, deviceMajor, deviceMinor, inode, name, fields });
  }
  expect(reader.notes.malformed).toBeUndefined();
  expect(reader.notes.wentBackwards).toBe(false);
  return list;
}

function restrict(list: readonly ReferenceMapping[], wanted: WantedFields): ReferenceMapping[] {
  const isKept = (key: string) => {
    if (wanted === 'all' || wanted === 'available' || key === 'Name') return true;
    if ('except' in wanted) return !wanted.except.includes(key);
    return ('optional' in wanted ? wanted.optional : wanted).includes(key);
  };
  return list.map((one) => {
    const fields = Object.entries(one.fields).filter(([key]) => isKept(key));
    return { ...one, fields: Object.fromEntries(fields) };
  });
}

function expectAgreement(
  { smaps, maps }: { smaps: string; maps: string },
  some: WantedFields,
  chunkBytes: number,
): void {
  const window = tightWindow(chunkBytes);
  const fromMaps = drain(new MapsReader(chunks(maps, chunkBytes), window));
  expect(fromMaps).toEqual(referenceMappings(maps));
  const expected = referenceMappings(smaps);
  for (const wanted of ['all', some] as const) {
    const found = drain(new SmapsReader(chunks(smaps, chunkBytes), wanted, window));
    expect(found).toEqual(restrict(expected, wanted));
  }
}

describe.each(CHUNK_SIZES)('in chunks of %d bytes, both readers agree with the reference', (n) => {
  test.each(FIXTURES)('on fixture %s', (pid) => {
    const texts = { smaps: fixture(pid, 'smaps'), maps: fixture(pid, 'maps') };
    expectAgreement(texts, ['Rss', 'Shared_Dirty', 'Private_Dirty'], n);
  });

  test.each([
    ['random smaps', false, 300],
    ['random smaps of the kind that pmap reads', true, 50],
  ])('on %s', (_, pmapSafe, numRuns) => {
    const agrees = fc.property(smapsText({ pmapSafe }), fc.constantFrom(...SOME), (smaps, some) =>
      expectAgreement({ smaps, maps: mapsTextOf(smaps) }, some, n),
    );
    fc.assert(agrees, { seed: 20_250_901 + n, numRuns });
  });
});

test('the readers give the same with a large window', () => {
  for (const pid of FIXTURES) {
    const smaps = fixture(pid, 'smaps');
    expect(drain(new SmapsReader(chunks(smaps, 1 << 20)))).toEqual(referenceMappings(smaps));
  }
});

describe('what the tests above rely on', () => {
  test('all fixtures are there', () => {
    expect(FIXTURES.length).toBeGreaterThanOrEqual(21);
    expect(FIXTURES).toContain('34751');
  });

  test('the reference reader reads a record as a person does', () => {
    const text =
      '7f00-8000 rw-s fffff000 103:00002 18446744073709551615   /a  b \n' +
      'Rss:      12 kB\nTHPeligible:    1\nVmFlags: rd wr \n';
    expect(referenceMappings(text)).toEqual([
      {
        start: 0x7f00,
        end: 0x8000,
        perms: 'rw-s',
        offset: 0xfffff000,
        deviceMajor: 0x103,
        deviceMinor: 2,
        inode: '18446744073709551615',
        name: '/a  b ',
        fields: { Rss: 12, THPeligible: 1, VmFlags: 'rd wr' },
      },
    ]);
  });

  test('the random text covers what the tests need', () => {
    const texts = fc.sample(smapsText(), { seed: 7, numRuns: 300 });
    const share = (pattern: RegExp) => texts.filter((text) => pattern.test(text)).length / 300;
    expect(share(/^ffffffffff600000-/m)).toBeGreaterThan(0.1);
    expect(share(/^Swap:.*\n(.*\n)*SwapPss:/m)).toBeGreaterThan(0.1);
    expect(share(/^SwapX:/m)).toBeGreaterThan(0.1);
    expect(share(/^VmFlags: $/m)).toBeGreaterThan(0.05);
    expect(share(/ [0-9a-f]{9,} [0-9a-f]{3}:/)).toBeGreaterThan(0.1);
    expect(share(/\/.{3000}/)).toBeGreaterThan(0.02);
    expect(share(/[\x80-\xff]/)).toBeGreaterThan(0.1);
  });
});
