import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChangeSum, changeOf } from '../../../../src/aggregate/differences/change-sum.ts';
import { compileFilter } from '../../../../src/aggregate/filter/compile.ts';
import { parseSort } from '../../../../src/aggregate/sort.ts';
import { findColumn } from '../../../../src/columns/catalogue.ts';
import { isSummable } from '../../../../src/columns/column.ts';
import type { Change } from '../../../../src/model/difference.ts';
import { FieldVocabulary, slotOf } from '../../../../src/model/fields.ts';
import { GROUPINGS } from '../../../../src/model/grouping.ts';
import type { Mapping } from '../../../../src/model/mapping.ts';
import type { Sample } from '../../../../src/model/sample.ts';
import { compareSamples } from '../../../../src/verbs/diff/compare.ts';
import type { Comparison, DiffRequest } from '../../../../src/verbs/diff/comparison.ts';
import { WHOLE_PIDS } from '../../../support/reports.ts';
import { mappingOf } from '../../../support/text/mapping-text.ts';
import { fixtureSample } from '../../../support/text/recordings.ts';

const COLUMNS = ['rss', 'pss', 'uss', 'swap', 'size', 'mappings'];

/** A request with its filter and sort keys as a user writes them. */
type Asked = Partial<Omit<DiffRequest, 'sort' | 'filter' | 'columns'>> & {
  readonly sort?: string | undefined;
  readonly filter?: string | undefined;
};

function compare(before: Sample, after: Sample, asked: Asked = {}): Comparison {
  const { sort, filter, groupBy, top, unchanged = false } = asked;
  const side = (sample: Sample) => ({ sample, source: 'x', takenAtMs: undefined });
  return compareSamples(side(before), side(after), {
    columns: COLUMNS.flatMap((id) => findColumn(id) ?? []).filter(isSummable),
    sort: sort === undefined ? [] : parseSort(sort, findColumn),
    filter: filter === undefined ? undefined : compileFilter(filter, findColumn),
    groupBy,
    needsKinds: false,
    isMapsEnough: false,
    top,
    unchanged,
  });
}

/** Checks that rows add up to the change, and the change leads from before to after. */
function expectToAddUp({ columns, rows, more, totals }: Comparison): void {
  columns.forEach((_, i) => {
    const total = totals[i] as Change;
    if (total.change === undefined) return;
    expect((total.before ?? 0) + total.change).toBe(total.after);
    const shown = rows.reduce((sum, { changes }) => sum + (changes[i]?.change ?? 0), 0);
    expect(shown + (more.changes[i]?.change ?? 0)).toBe(total.change);
  });
}

function sampleOf(rows: readonly Mapping[], overrides: Partial<Sample> = {}): Sample {
  const { head } = fixtureSample(1001, 'total');
  const vocabulary = new FieldVocabulary();
  const isSharedMemoryDevice = () => false;
  return {
    takenAtMs: 0,
    head,
    detail: 'all',
    vocabulary,
    isSharedMemoryDevice,
    rows,
    ...overrides,
  };
}

const FIELDS = ['Rss', 'Pss', 'Private_Clean', 'Private_Dirty', 'Swap'] as const;
const value = fc.oneof({ weight: 9, arbitrary: fc.nat(2 ** 30) }, fc.constant(undefined));
const mapping = fc
  .tuple(
    fc.nat(400),
    fc.integer({ min: 1, max: 40 }),
    fc.constantFrom('rw-p', 'r--p', '---p', 'rw-s'),
    fc.constantFrom('', ' 0 08:01 7 /lib/a.so', ' 0 00:00 0 [heap]', ' 0 00:00 0 [anon:x]'),
    fc.tuple(value, value, value, value, value),
  )
  .map(([at, pages, perms, file, numbers]): Mapping => {
    const row = mappingOf(`${at.toString(16)}-${(at + pages).toString(16)} ${perms}${file}`);
    const values: (number | undefined)[] = [];
    FIELDS.forEach((field, i) => {
      values[slotOf[field]] = numbers[i];
    });
    return { ...row, values };
  });

/** One of the rows that are left out is gone; another one is new, and nothing is known of it. */
const UNKNOWN_AMONG_HIDDEN: [Mapping[], Mapping[], Asked, boolean] = [
  [mappingOf('0-1 rw-p', 1)],
  [mappingOf('0-1 ---p'), mappingOf('0-1 r--p', 2)],
  { top: 1, unchanged: false, groupBy: 'mode', filter: undefined, sort: undefined },
  false,
];

describe('before plus changes is after, in each column', () => {
  const someRequest: fc.Arbitrary<Asked> = fc.record({
    top: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    unchanged: fc.boolean(),
    groupBy: fc.constantFrom(undefined, ...GROUPINGS),
    filter: fc.constantFrom(undefined, 'rss>100k', 'mapping~heap', 'kind=anonymous'),
    sort: fc.constantFrom(undefined, '-uss', 'swap', 'address', '-kind', '-kind,rss'),
  });

  test('for any mappings, however they are grouped, filtered and cut', () => {
    fc.assert(
      fc.property(
        fc.array(mapping),
        fc.array(mapping),
        someRequest,
        fc.boolean(),
        (before, after, request, isOther) => {
          const left = sampleOf(before);
          const head = { ...left.head, startTimeTicks: isOther ? 1 : left.head.startTimeTicks };
          expectToAddUp(compare(left, sampleOf(after, { head }), request));
        },
      ),
      { numRuns: 300, examples: [UNKNOWN_AMONG_HIDDEN] },
    );
  });

  test('and each side is the sum of its mappings if nothing is filtered', () => {
    const known = mapping.map((row) => ({ ...row, values: row.values.map((each) => each ?? 0) }));
    fc.assert(
      fc.property(fc.array(known), fc.array(known), (before, after) => {
        const { totals } = compare(sampleOf(before), sampleOf(after));
        const rss = (rows: readonly Mapping[]) =>
          rows.reduce((sum, { values }) => sum + Number(values[slotOf.Rss]), 0);
        expect([totals[0]?.before, totals[0]?.after]).toEqual([rss(before), rss(after)]);
        expect([totals[5]?.before, totals[5]?.after]).toEqual([before.length, after.length]);
      }),
    );
  });

  // 2012 is a zombie, which cannot be sampled.
  const fixtures = WHOLE_PIDS.filter((pid) => pid !== 2012).map((pid) => fixtureSample(pid));
  test.each(fixtures.map((sample) => sample.head.askedPid))(
    'of the fixture %d and others',
    (pid) => {
      const before = fixtureSample(pid);
      for (const after of fixtures.filter((_, i) => (i + pid) % 4 === 0)) {
        expectToAddUp(compare(before, after));
        expectToAddUp(compare(before, after, { groupBy: 'kind', top: 2 }));
      }
      const same = compare(before, fixtureSample(pid));
      expect(same.rows).toEqual([]);
      expect(same.totals.every(({ change }) => change === 0 || change === undefined)).toBe(true);
    },
  );
});

describe('what the kernel did not report is unknown, not zero:', () => {
  const page = (rss?: number) => mappingOf('10-20 rw-p', rss);
  const pair = (before: Mapping | undefined, after: Mapping | undefined) => ({
    before: before && { mapping: before, owner: '' },
    after: after && { mapping: after, owner: '' },
  });
  const rss = {
    column: compare(sampleOf([]), sampleOf([])).columns[0] as Comparison['columns'][number],
    before: ({ values }: Mapping) => values[slotOf.Rss] as number | undefined,
    after: ({ values }: Mapping) => values[slotOf.Rss] as number | undefined,
  };
  const table: readonly (readonly [string, (Mapping | undefined)[][], (number | undefined)[]])[] = [
    ['all known', [[page(4), page(12)]], [4, 12, 8]],
    ['nothing there', [], [0, 0, 0]],
    ['appeared', [[undefined, page(12)]], [0, 12, 12]],
    ['went', [[page(4), undefined]], [4, 0, -4]],
    ['unknown on both sides', [[page(), page()]], [undefined, undefined, undefined]],
    ['unknown before', [[page(), page(8)]], [undefined, 8, undefined]],
    [
      'known of one mapping, on one side of another',
      [
        [page(4), page(12)],
        [page(4), page()],
      ],
      [8, 12, undefined],
    ],
    [
      'known of one mapping, unknown of another on both sides',
      [
        [page(4), page(12)],
        [page(), page()],
      ],
      [4, 12, 8],
    ],
    [
      'appeared, and is unknown',
      [
        [page(4), page(12)],
        [undefined, page()],
      ],
      [4, 12, 8],
    ],
  ];

  test.each(table)('%s', (_, pairs, [before, after, change]) => {
    const sum = new ChangeSum();
    for (const [left, right] of pairs) {
      const one = pair(left, right);
      sum.add(one, changeOf(one, rss));
    }
    expect(sum.total).toEqual({ before, after, change });
  });
});

describe('what a row became', () => {
  const rss = (line: string, kib?: number) => mappingOf(line, kib);
  const table: readonly (readonly [string, Mapping[], Mapping[]])[] = [
    ['appeared', [], [rss('10-20 rw-p', 4)]],
    ['went', [rss('10-20 rw-p', 4)], []],
    ['grew', [rss('10-20 rw-p', 4)], [rss('10-20 rw-p', 8)]],
    ['shrank', [rss('10-20 rw-p', 8)], [rss('10-18 rw-p', 4)]],
    ['grew', [rss('10-20 rw-p', 4)], [rss('10-28 rw-p', 4)]],
    ['unchanged', [rss('10-20 rw-p', 4)], [rss('10-20 rw-p', 4)]],
    ['moved', [rss('10-20 r--p 0 08:01 7 /a', 4)], [rss('30-40 r--p 0 08:01 7 /a', 4)]],
    ['changed', [rss('10-20 rw-p', 4)], [rss('10-20 r--p', 4)]],
    ['changed', [rss('10-20 rw-p', 4)], [rss('10-20 rw-p')]],
  ];

  test.each(table)('%s', (status, before, after) => {
    const all = compare(sampleOf(before), sampleOf(after), { unchanged: true });
    expect(all.rows.map((row) => row.status)).toEqual([status]);
    const shown = compare(sampleOf(before), sampleOf(after)).rows;
    expect(shown).toHaveLength(['unchanged', 'moved', 'changed'].includes(status) ? 0 : 1);
  });
});

describe('samples of different detail', () => {
  const details = ['all', 'mapping', 'kind', 'total'] as const;
  const table = details.flatMap((before) => details.map((after) => [before, after] as const));

  test.each(table)('%s and %s are compared by what both contain', (before, after) => {
    const found = compare(fixtureSample(1004, before), fixtureSample(1003, after));
    const both = new Set([before, after]);
    const expected = [
      both.has('total') || (both.has('mapping') && both.has('kind')) ? 'total' : undefined,
      both.has('kind') ? 'kind' : undefined,
      both.has('mapping') ? 'mapping' : 'address',
    ].find((each) => each !== undefined);
    expect(found.by).toBe(expected);
    expectToAddUp(found);
    const whole = compare(fixtureSample(1004), fixtureSample(1003));
    expect(found.totals[0]).toEqual(whole.totals[0]);
    // smaps_rollup knows neither size nor number of mappings.
    const size = both.has('total') ? undefined : whole.totals[4]?.change;
    expect(found.totals[4]?.change).toBe(size);
  });
});
