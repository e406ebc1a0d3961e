import { describe, expect, test } from 'vitest';
import { FORMATS, type MachineFormatName } from '../../../../src/format/machine/formats.ts';
import type { MoverGrouping, WatchReading } from '../../../../src/model/watch/watch-reading.ts';
import { STANDARD_FIGURES, perFigure } from '../../../../src/model/watch/watched.ts';
import { readingEvent, rowNames } from '../../../../src/verbs/watch/records.ts';
import { schemaProblems } from '../../../support/schema.ts';

const KIB = 1024;
const course = {
  ...{ last: 8 * KIB, change: 4 * KIB, growth: 0, peak: 0, mean: 0 },
  ...{ slope: undefined, recent: [] },
};
const reading: WatchReading = {
  head: {
    ...{ pid: 7, askedPid: 7, comm: 'a\xff', state: 'S', cmdline: 'a\xff\0b\0' },
    ...{ startStack: 0, startTimeTicks: 1 },
  },
  takenAtMs: Date.UTC(2026, 10, 22, 12, 0, 5),
  courses: perFigure(() => course),
  movers: undefined,
};
const WHO = ['pid', 'comm', 'comm_base64', 'command', 'command_base64'];
const FIGURES = [
  ...['rss_bytes', 'pss_bytes', 'uss_bytes', 'swap_bytes'],
  ...['rss_change_bytes', 'pss_change_bytes', 'uss_change_bytes', 'swap_change_bytes'],
];
const CASES: readonly { by: MoverGrouping | undefined; label: string; names: string[] }[] = [
  { by: undefined, label: '', names: [] },
  { by: 'kind', label: 'heap', names: ['kind'] },
  { by: 'mapping', label: '/tmp/\xff', names: ['name', 'name_base64'] },
];

describe.each(CASES)('a reading of a watch by $by', ({ by, label, names }) => {
  const movers = [
    {
      label,
      figures: perFigure(() => 4 * KIB),
      changes: perFigure(() => 2 * KIB),
      rssGrowth: 2 * KIB,
    },
  ];
  const shape = { by, figures: STANDARD_FIGURES };
  const event = readingEvent(by === undefined ? reading : { ...reading, movers }, 3, shape);
  const header = ['event', 'taken_at', ...WHO, ...names, ...FIGURES, 'missed_ticks'];
  const linesIn = async (format: MachineFormatName) => {
    const stream = (await FORMATS[format].load()).stream(rowNames(shape), { onTerminal: false });
    return `${stream.heading}${stream.text(event)}`.split('\n').slice(0, -1);
  };

  test.each<[MachineFormatName, string]>([
    ['csv', ','],
    ['tsv', '\t'],
  ])(
    'as %s has the members of json as columns, a row for each mover',
    async (format, delimiter) => {
      const [heading, ...rows] = (await linesIn(format)).map((line) => line.split(delimiter));
      expect(heading).toEqual(header);
      const events = rows.map((row) => row[header.indexOf('event')]);
      expect(events).toEqual(by === undefined ? ['reading'] : ['reading', 'mover']);
      const rss = rows.map((row) => row[header.indexOf('rss_bytes')]);
      expect(rss).toEqual(by === undefined ? ['8192'] : ['8192', '4096']);
      for (const row of rows) expect(row).toHaveLength(header.length);
    },
  );

  test.each<MachineFormatName>(['json', 'ndjson'])(
    'as %s has its movers in a list',
    async (format) => {
      const [line = '', ...rest] = await linesIn(format);
      expect(rest).toEqual([]);
      const { movers, ...own } = JSON.parse(line);
      expect(Object.keys(own)).toEqual(header.filter((name) => !names.includes(name)));
      expect(movers?.map(Object.keys)).toEqual(
        by === undefined ? undefined : [[...names, ...FIGURES]],
      );
      expect(schemaProblems('watch')(JSON.parse(line))).toEqual([]);
    },
  );
});
