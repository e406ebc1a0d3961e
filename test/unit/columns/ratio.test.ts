import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../../src/aggregate/filter/compile.ts';
import { Groups } from '../../../src/aggregate/group.ts';
import { ParseError } from '../../../src/aggregate/parse-error.ts';
import { parseSort, sortMappings } from '../../../src/aggregate/sort.ts';
import { findColumn } from '../../../src/columns/catalogue.ts';
import { type Column, isSummable, machineName } from '../../../src/columns/column.ts';
import { machineColumnsOf } from '../../../src/columns/machine.ts';
import { extent, kibOf, ratio } from '../../../src/columns/make-column.ts';
import type { NameRule } from '../../../src/columns/mapping-name.ts';
import { cellText } from '../../../src/format/table/cell-text.ts';
import { tableColumn, tableRow } from '../../../src/format/table/map-table.ts';
import { FieldVocabulary, slotOf } from '../../../src/model/fields.ts';
import { type Mapping, NO_MAPPING, sizeBytes } from '../../../src/model/mapping.ts';
import { headOf, reportInto } from '../../support/reports.ts';

const RULE: NameRule = {
  showPath: true,
  useKernelName: false,
  startStack: 0,
  isSharedMemoryDevice: () => false,
};
const WORDING = { title: 'Locked', help: 'The part of the resident memory that is locked.' };
const locked = ratio('locked_ratio', WORDING, kibOf('Locked'), kibOf('Rss'));
const find = (name: string): Column | undefined => (name === locked.id ? locked : findColumn(name));

function mappingOf(fields: { Rss?: number; Locked?: number }): Mapping {
  const values: (number | undefined)[] = [];
  values[slotOf.Rss] = fields.Rss;
  values[slotOf.Locked] = fields.Locked;
  return { ...NO_MAPPING, values };
}

const THIRD = mappingOf({ Rss: 12, Locked: 4 });

describe('a ratio', () => {
  test.each([
    { fields: { Rss: 12, Locked: 4 }, value: 4 / 12 },
    { fields: { Rss: 12, Locked: 0 }, value: 0 },
    { fields: { Rss: 0, Locked: 0 }, value: undefined },
    { fields: { Rss: 12 }, value: undefined },
    { fields: { Locked: 4 }, value: undefined },
  ])('of $fields is $value', ({ fields, value }) => {
    expect(locked.value(mappingOf(fields))).toBe(value);
  });

  test('of bytes and KiB divides bytes by bytes', () => {
    const size = extent('size', WORDING, sizeBytes);
    const resident = ratio('resident_ratio', WORDING, kibOf('Rss'), size);
    expect(resident.value({ ...THIRD, end: 48 * 1024 })).toBe(0.25);
  });

  test('needs the fields of both parts, each once', () => {
    expect(locked.fields).toEqual(['Locked', 'Rss']);
    const dirty = kibOf('Shared_Dirty', 'Private_Dirty');
    expect(ratio('a_ratio', WORDING, kibOf('Private_Dirty'), dirty).fields).toEqual([
      'Private_Dirty',
      'Shared_Dirty',
    ]);
  });

  test('of a group is the ratio of its sums, not a sum of ratios', () => {
    const groups = new Groups('mode', new FieldVocabulary());
    for (const one of [THIRD, mappingOf({ Rss: 4, Locked: 4 })]) {
      groups.add(one);
    }
    expect(groups.list().map(locked.value)).toEqual([0.5]);
    expect(isSummable(locked)).toBe(false);
  });
});

describe('a table shows a ratio in percent', () => {
  const column = tableColumn(locked);

  test.each([
    { fields: { Rss: 12, Locked: 4 }, text: '33.3%' },
    { fields: { Rss: 12, Locked: 12 }, text: '100.0%' },
    { fields: { Rss: 2000, Locked: 1 }, text: '0.1%' },
    { fields: { Rss: 12, Locked: 0 }, text: '0.0%' },
    { fields: { Rss: 12 }, text: '' },
  ])('$fields as "$text", whatever sizes are written in', ({ fields, text }) => {
    const [cell] = tableRow([locked], mappingOf(fields), RULE, false);
    for (const sizes of ['kib', 'bytes', 'human'] as const) {
      expect(cellText(column, cell, sizes)).toBe(text);
    }
  });
});

test('machine formats write the number, and `_ratio` in its name', () => {
  const [column] = machineColumnsOf([locked], RULE);
  expect(machineName(locked)).toBe('locked_ratio');
  expect(column).toMatchObject({ name: 'locked_ratio', type: 'number', summed: undefined });
  expect(column?.value(mappingOf({ Rss: 8, Locked: 1 }))).toBe(0.125);
  expect(column?.value(mappingOf({ Rss: 8 }))).toBeUndefined();
});

describe('a filter', () => {
  test.each([
    { filter: 'locked_ratio>0.3', passes: true },
    { filter: 'locked_ratio>0.5', passes: false },
    { filter: 'locked_ratio>33%', passes: true },
    { filter: 'locked_ratio<=33.3%', passes: false },
    { filter: 'locked_ratio!=1', passes: true },
    { filter: 'locked_ratio', passes: true },
  ])('$filter of a third: $passes', ({ filter, passes }) => {
    expect(compileFilter(filter, find).test(THIRD, RULE)).toBe(passes);
  });

  test.each(['33.3%', '0.333'])('takes %s for 333 of 1000', (value) => {
    const mapping = mappingOf({ Rss: 1000, Locked: 333 });
    expect(compileFilter(`locked_ratio=${value}`, find).test(mapping, RULE)).toBe(true);
  });

  test.each(['locked_ratio>0.5', 'locked_ratio<=0.5', 'locked_ratio!=0.5'])(
    '%s fails if the ratio is not known',
    (filter) => {
      expect(compileFilter(filter, find).test(mappingOf({ Rss: 12 }), RULE)).toBe(false);
    },
  );

  test.each(['x', '5K', '-1', '%', '.5', '1e2'])('refuses %s', (value) => {
    expect(() => compileFilter(`locked_ratio>${value}`, find)).toThrow(
      new ParseError(`'${value}' is not a ratio (0.5, or 50%)`, 13),
    );
  });
});

test('rows can be sorted by a ratio', () => {
  const half = mappingOf({ Rss: 12, Locked: 6 });
  const unknown = mappingOf({ Rss: 12 });
  expect(sortMappings([THIRD, unknown, half], parseSort('-locked_ratio', find), RULE)).toEqual([
    half,
    THIRD,
    unknown,
  ]);
});

test.each([
  ['json', '\n{"locked_ratio":0.125}'],
  ['ndjson', '{"pid":1001,"locked_ratio":0.125}\n'],
  ['csv', 'pid,locked_ratio\n1001,0.125\n'],
  ['tsv', 'pid\tlocked_ratio\n1001\t0.125\n'],
] as const)('%s writes all digits of a fraction', async (format, expected) => {
  const options = { fields: locked.fields, columns: [locked] };
  const { report, output } = await reportInto(format, options);
  const head = headOf(1001);
  report.title(head);
  report.begin({ head, names: RULE, vocabulary: new FieldVocabulary() });
  report.row(mappingOf({ Rss: 8, Locked: 1 }));
  expect(output().toString()).toContain(expected);
});
