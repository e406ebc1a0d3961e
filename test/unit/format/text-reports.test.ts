import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Totals } from '../../../src/aggregate/totals.ts';
import { type Column, inKib } from '../../../src/columns/column.ts';
import type { NameRule } from '../../../src/columns/mapping-name.ts';
import { ByteWriter } from '../../../src/format/byte-writer.ts';
import { detailColumns } from '../../../src/format/detail-columns.ts';
import { footerColumns, type LayoutCell } from '../../../src/format/layout.ts';
import { MeasuredReport } from '../../../src/format/measured-report.ts';
import { LAYOUT_NAMES, pmapLayout } from '../../../src/format/pmap-layouts.ts';
import type { MapReport } from '../../../src/format/report.ts';
import { StreamedReport, type TextOptions } from '../../../src/format/streamed-report.ts';
import { PLAIN_STYLE } from '../../../src/format/style.ts';
import { visible } from '../../../src/format/visible.ts';
import type { FieldVocabulary } from '../../../src/model/fields.ts';
import { copyMapping, type Mapping } from '../../../src/model/mapping.ts';
import type { WantedFields } from '../../../src/proc/maps/mapping-reader.ts';
import { SmapsReader } from '../../../src/proc/maps/smaps-reader.ts';
import { chunks } from '../../support/text/chunks.ts';
import { smapsText } from '../../support/text/smaps-text.ts';

const NAMES: NameRule = {
  showPath: false,
  useKernelName: false,
  startStack: 0,
  isSharedMemoryDevice: () => false,
};
const HEAD = {
  ...{ pid: 1, askedPid: 1, comm: 'x', state: 'S', cmdline: 'x\0' },
  ...{ startStack: 0, startTimeTicks: 0 },
};

/** The rows of a report about a text of smaps, without title, heading and footer. */
function rowsPrinted(make: (options: TextOptions) => MapReport, smaps: string): string[] {
  const pieces: Buffer[] = [];
  const writer = new ByteWriter((bytes) => pieces.push(Buffer.from(bytes)));
  const report = make({ writer, style: PLAIN_STYLE, quiet: true });
  const reader = new SmapsReader(chunks(smaps, 4096), report.fields);
  const first = reader.next();
  report.begin({ head: HEAD, names: NAMES, vocabulary: reader.vocabulary });
  const totals = new Totals(report.totals);
  for (let mapping = first; mapping !== undefined; mapping = reader.next()) {
    report.row(mapping);
    totals.add(mapping);
  }
  report.end(totals);
  writer.flush();
  return Buffer.concat(pieces).toString('latin1').split('\n').slice(0, -1);
}

function mappingsIn(smaps: string, wanted: WantedFields = 'all') {
  const reader = new SmapsReader(chunks(smaps, 4096), wanted);
  const list: Mapping[] = [];
  for (let next = reader.next(); next !== undefined; next = reader.next()) {
    list.push(copyMapping(next));
  }
  return { list, vocabulary: reader.vocabulary };
}

/** A cell made in the simplest way: as a text, then padded. */
function cellText(
  { before, column, width = 0 }: LayoutCell,
  mapping: Mapping,
  names: NameRule,
): string {
  if (column.kind === 'text') return before + visible(column.value(mapping, names));
  const value = BigInt(inKib(column, column.value(mapping) ?? 0));
  if (column.unit === 'address') return before + value.toString(16).padStart(width, '0');
  return before + value.toString().padStart(width);
}

function textOf(column: Column, mapping: Mapping): string {
  if (column.kind === 'text') return column.value(mapping, NAMES);
  return String(column.value(mapping) ?? '');
}

/** The rows of -X or -XX: all cells as texts first, and then as wide as the longest of a column. */
function detailRows(smaps: string, everything: boolean): string[] {
  const { list, vocabulary } = mappingsIn(smaps);
  const { choose, name } = detailColumns(everything);
  const columns = choose(vocabulary as FieldVocabulary);
  const widths = columns.map((column) => Math.max(...list.map((m) => textOf(column, m).length)));
  return list.map((mapping) => {
    const cells = columns.map((column, i) =>
      visible(textOf(column, mapping)).padStart(widths[i] ?? 0),
    );
    return [...cells, visible(textOf(name as Column, mapping))].join(' ');
  });
}

const REPORTS = ['default', 'extended', 'device'] as const;

describe('rows that are written as they come equal rows put together from texts', () => {
  test.each(LAYOUT_NAMES.flatMap((name) => REPORTS.map((report) => [name, report] as const)))(
    '%s %s',
    (name, report) => {
      const layout = pmapLayout(name, report, 16);
      const rule = { ...NAMES, showPath: layout.alwaysShowPath };
      const agrees = fc.property(smapsText(), (smaps) => {
        const { list } = mappingsIn(smaps);
        const expected = list.map((mapping) =>
          layout.cells.map((cell) => cellText(cell, mapping, rule)).join(''),
        );
        const printed = rowsPrinted((options) => new StreamedReport(layout, options), smaps);
        expect(printed).toEqual(expected);
      });
      expect(footerColumns(layout).length).toBeGreaterThan(0);
      fc.assert(agrees, { seed: 6, numRuns: 100 });
    },
  );
});

describe('rows that were stored equal rows put together from texts', () => {
  test.each([false, true])('with everything: %s', (everything) => {
    const columns = detailColumns(everything);
    const agrees = fc.property(smapsText(), (smaps) => {
      const printed = rowsPrinted((options) => new MeasuredReport(columns, options), smaps);
      expect(printed).toEqual(detailRows(smaps, everything));
    });
    fc.assert(agrees, { seed: 60, numRuns: 200 });
  });

  test('even if a field comes late, or is missing', () => {
    const smaps = [
      '1000-2000 rw-p 0 0:0 0 /a\nRss: 123 kB\n',
      '2000-3000 rw-p 0 0:0 0 /b\nRss: 5 kB\nNew: 123456 kB\n',
      '3000-4000 rw-p 0 0:0 0 /c\nNew: 1 kB\n',
    ].join('');
    const columns = detailColumns(true);
    const printed = rowsPrinted((options) => new MeasuredReport(columns, options), smaps);
    expect(printed).toEqual(detailRows(smaps, true));
    expect(printed).toEqual([
      '00001000 rw-p 00000000 00:00 0 123        a',
      '00002000 rw-p 00000000 00:00 0   5 123456 b',
      '00003000 rw-p 00000000 00:00 0          1 c',
    ]);
  });
});
