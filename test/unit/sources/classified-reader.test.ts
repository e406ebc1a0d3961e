import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../../src/model/mapping.ts';
import type { WantedFields } from '../../../src/proc/maps/mapping-reader.ts';
import { SmapsReader } from '../../../src/proc/maps/smaps-reader.ts';
import { classified, classifiedSample } from '../../../src/sources/classified-reader.ts';
import { withKindFields } from '../../../src/sources/kind-fields.ts';
import { chunks } from '../../support/text/chunks.ts';
import { fixtureSample } from '../../support/text/recordings.ts';

const TEXT = [
  '00400000-00401000 r-xp 00000000 08:01 7 /bin/x',
  '00401000-00402000 rw-p 00001000 08:01 7 /bin/x',
  '00402000-00403000 rw-p 00000000 00:00 0',
  '00500000-00501000 rw-p 00000000 00:00 0',
  '7ffc00000000-7ffc00010000 rw-p 00000000 00:00 0',
]
  .map((line) => `${line}\nRss: 4 kB\n`)
  .join('');
const START_STACK = 0x7ffc0000f000;

function drain(wanted: WantedFields = 'all') {
  const reader = classified(new SmapsReader(chunks(TEXT, 64), wanted), { startStack: START_STACK });
  const met = new Set<Mapping>();
  const rows: [string | undefined, string | undefined][] = [];
  for (let one = reader.next(); one !== undefined; one = reader.next()) {
    met.add(one);
    rows.push([one.kind, one.owner]);
  }
  return { met, rows };
}

describe('a classified reader', () => {
  test('gives each mapping its kind and owner', () => {
    expect(drain().rows).toEqual([
      ['code', '/bin/x'],
      ['data', '/bin/x'],
      ['bss', '/bin/x [bss]'],
      ['anonymous', '[anon]'],
      ['stack', '[stack]'],
    ]);
  });

  test('copies no mapping', () => {
    expect(drain().met.size).toBe(1);
  });
});

describe('a classified sample', () => {
  test('has its mappings in the order of addresses, each with its kind', () => {
    const sample = fixtureSample(1001);
    const mixed = classifiedSample({ ...sample, rows: [...sample.rows].reverse() });
    expect(mixed.rows.map(({ start }) => start)).toEqual(sample.rows.map(({ start }) => start));
    expect(mixed.rows.every(({ kind, owner }) => kind !== undefined && owner !== undefined)).toBe(
      true,
    );
  });

  test('of groups stays as it is', () => {
    const sample = fixtureSample(1001, 'kind');
    expect(classifiedSample(sample)).toBe(sample);
  });
});

test.each<[WantedFields, WantedFields]>([
  ['all', 'all'],
  [[], { optional: ['VmFlags', 'Shared_Hugetlb', 'Private_Hugetlb'] }],
  [['Rss'], ['Rss', 'VmFlags', 'Shared_Hugetlb', 'Private_Hugetlb']],
  [{ except: ['VmFlags', 'Pss'] }, { except: ['Pss'] }],
])('with kinds %j becomes %j', (wanted, expected) => {
  expect(withKindFields(wanted)).toEqual(expected);
});
