import { describe, expect, test } from 'vitest';
import { summarize } from '../../bench/measure/statistics.ts';
import { parseOptions } from '../../bench/options.ts';
import { LABEL, SIZES } from '../../bench/plan/labels.ts';
import { figure, withSpread } from '../../bench/report/figures.ts';
import { goals, meets } from '../../bench/report/goals.ts';
import { jsonReport } from '../../bench/report/json.ts';
import { markdownReport } from '../../bench/report/report.ts';
import type { LibraryRow, Results, Row } from '../../bench/report/results.ts';
import { markdownTable } from '../../bench/report/table.ts';

function row(label: string, wallMs: number, peakMib: number): Row {
  const always = (value: number) => summarize([value]);
  const [userMs, systemMs] = [always(wallMs / 2), always(wallMs / 4)];
  return { label, wallMs: always(wallMs), userMs, systemMs, peakKib: always(peakMib * 1024) };
}

function way(label: string, laterMs: number): LibraryRow {
  return { label, firstMs: summarize([2 * laterMs]), laterMs: summarize([laterMs]) };
}

const RESULTS: Results = {
  machine: {
    cpu: 'Example CPU',
    cores: 2,
    kernel: '6.18.0',
    node: '20.20.2',
    pmap: 'pmap from procps-ng 4.0.2',
    date: '2026-01-02',
    load: 0.25,
  },
  groups: [
    {
      wanted: SIZES.small,
      mappings: SIZES.small,
      rounds: 31,
      rows: [
        row(LABEL.extended, 27, 40),
        row(LABEL.node, 20, 36),
        row(`${LABEL.extended}, Node 24.1.0`, 28, 40),
        row(`${LABEL.node}, Node 24.1.0`, 20, 36),
      ],
      missing: [{ label: 'toybox pmap -x', reason: 'toybox is not installed' }],
    },
    {
      wanted: SIZES.large,
      mappings: 50_000,
      rounds: 15,
      rows: [row(LABEL.plain, 80, 50), row(LABEL.pmap, 70, 3)],
      missing: [],
    },
    {
      wanted: SIZES.huge,
      mappings: SIZES.huge,
      rounds: 7,
      rows: [row(LABEL.extended, 1300, 53), row(LABEL.kernel, 1600, 250), row(LABEL.node, 20, 36)],
      missing: [],
    },
  ],
  library: {
    mappings: 20_000,
    rounds: 15,
    rows: [way('smaps bare reads', 60), way('smaps idiom', 300)].concat(
      way('smaps two fields, iterator', 80),
    ),
  },
  binaryBytes: 104_857_600,
  notes: ['No process here has more than 50,000 mappings: for a reason.'],
};
const GOALS = goals(['Node 24.1.0']).filter(({ measured }) => measured(RESULTS) !== undefined);

describe('the report of the bench', () => {
  test('holds the goals, a table for each process, and what is missing', () => {
    expect(markdownReport(RESULTS, GOALS)).toMatchInlineSnapshot(`
      "Example CPU, 2 cores, Linux 6.18.0, Node 20.20.2, pmap from procps-ng 4.0.2; 2026-01-02, load 0.25 at the start.
      Medians ± half of the distance between the quartiles, of runs in turns after a warm-up; whole processes, output to /dev/null, NODE_EXTRA_CA_CERTS not set.

      No process here has more than 50,000 mappings: for a reason.

      | Number to reach                                                                      |            Goal | Measured |         |
      | ------------------------------------------------------------------------------------ | --------------: | -------: | ------- |
      | tsmap -x / node -e 0, 40 mappings                                                    |    at most 1.35 |     1.35 | met     |
      | tsmap -x, Node 24.1.0 / node -e 0, Node 24.1.0, 40 mappings                          |    at most 1.35 |     1.40 | NOT met |
      | tsmap -x: peak memory over node -e 0, 300,000 mappings                               |  at most 16 MiB | 17.0 MiB | NOT met |
      | tsmap -X: peak memory, 300,000 mappings                                              | at most 250 MiB |  250 MiB | met     |
      | library: smaps idiom / smaps two fields, iterator, 20,000 mappings                   |    at least 5 × |   3.75 × | NOT met |
      | library: smaps idiom / smaps two fields, iterator, 20,000 mappings, above bare reads |    at least 5 × |   12.0 × | met     |

      31 rounds:

      | 40 mappings            |     wall ms |     user ms |   system ms |    peak MiB |
      | ---------------------- | ----------: | ----------: | ----------: | ----------: |
      | tsmap -x               | 27.0 ± 0.00 | 13.5 ± 0.00 | 6.75 ± 0.00 | 40.0 ± 0.00 |
      | node -e 0              | 20.0 ± 0.00 | 10.0 ± 0.00 | 5.00 ± 0.00 | 36.0 ± 0.00 |
      | tsmap -x, Node 24.1.0  | 28.0 ± 0.00 | 14.0 ± 0.00 | 7.00 ± 0.00 | 40.0 ± 0.00 |
      | node -e 0, Node 24.1.0 | 20.0 ± 0.00 | 10.0 ± 0.00 | 5.00 ± 0.00 | 36.0 ± 0.00 |

      Missing: toybox pmap -x: toybox is not installed.

      15 rounds:

      | 50,000 mappings (in place of 64,000) |     wall ms |     user ms |   system ms |    peak MiB |
      | ------------------------------------ | ----------: | ----------: | ----------: | ----------: |
      | tsmap                                | 80.0 ± 0.00 | 40.0 ± 0.00 | 20.0 ± 0.00 | 50.0 ± 0.00 |
      | pmap                                 | 70.0 ± 0.00 | 35.0 ± 0.00 | 17.5 ± 0.00 | 3.00 ± 0.00 |

      7 rounds:

      | 300,000 mappings |     wall ms |     user ms |   system ms |    peak MiB |
      | ---------------- | ----------: | ----------: | ----------: | ----------: |
      | tsmap -x         | 1300 ± 0.00 |  650 ± 0.00 |  325 ± 0.00 | 53.0 ± 0.00 |
      | tsmap -X         | 1600 ± 0.00 |  800 ± 0.00 |  400 ± 0.00 |  250 ± 0.00 |
      | node -e 0        | 20.0 ± 0.00 | 10.0 ± 0.00 | 5.00 ± 0.00 | 36.0 ± 0.00 |

      15 processes each:

      | The library, 20,000 mappings | first call ms | later calls ms |
      | ---------------------------- | ------------: | -------------: |
      | smaps bare reads             |    120 ± 0.00 |    60.0 ± 0.00 |
      | smaps idiom                  |    600 ± 0.00 |     300 ± 0.00 |
      | smaps two fields, iterator   |    160 ± 0.00 |    80.0 ± 0.00 |

      The self-contained executable: 100 MiB.
      "
    `);
  });

  test('has no figure of a process of another size', () => {
    const report = markdownReport(RESULTS, goals([]));
    expect(report).toMatch(/^\| tsmap \/ pmap, 64,000 mappings +\|.* - \| not measured \|$/m);
  });

  test('says what was not measured', () => {
    const report = markdownReport({ ...RESULTS, groups: [] }, goals([]));
    expect(report).toMatch(/^\| tsmap -X \/ pmap -X, 64,000 mappings +\|.* - \| not measured \|$/m);
  });

  test('is the same in JSON, with every value', () => {
    const report = JSON.parse(jsonReport(RESULTS, goals([])));
    expect(report.groups[0].rows[0].wallMs).toEqual({
      median: 27,
      spread: 0,
      least: 27,
      most: 27,
      values: [27],
    });
    expect(report.goals.slice(0, 2)).toEqual([
      {
        what: 'tsmap -x / node -e 0, 40 mappings',
        bound: 'at most',
        limit: 1.35,
        unit: '',
        measured: 1.35,
        met: true,
      },
      {
        what: 'self-contained tsmap -x / node -e 0, 40 mappings',
        bound: 'at most',
        limit: 0.6,
        unit: '',
        measured: null,
        met: null,
      },
    ]);
  });
});

describe('a goal', () => {
  const goal = { what: '', unit: '', measured: () => undefined } as const;

  test.each([
    ['at most', 1.35, true],
    ['at most', 1.351, false],
    ['at least', 1.35, true],
    ['at least', 1.349, false],
  ] as const)('of %s 1.35 and the figure %d: %s', (bound, value, met) => {
    expect(meets({ ...goal, bound, limit: 1.35 }, value)).toBe(met);
  });
});

describe('a table', () => {
  test('has aligned columns, figures to the right, and escapes a bar in a cell', () => {
    const headings = [{ title: 'What' }, { title: 'ms', figures: true }];
    const rows = [['a | b', '1.50'], ['longer than that', '120'], ['']];
    expect(markdownTable(headings, rows)).toBe(
      [
        '| What             |   ms |',
        '| ---------------- | ---: |',
        '| a \\| b           | 1.50 |',
        '| longer than that |  120 |',
        '|                  |      |',
        '',
      ].join('\n'),
    );
  });

  test.each([
    [0, '0.00'],
    [3.456, '3.46'],
    [34.56, '34.6'],
    [345.6, '346'],
    [-12.34, '-12.3'],
  ])('writes %d as %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  test('writes median and spread in another unit', () => {
    expect(withSpread(summarize([1024, 2048, 3072]), 1024)).toBe('2.00 ± 0.50');
  });
});

describe('the options of the bench', () => {
  test.each([
    [[], { json: false, quick: false, only: /(?:)/, part: false, nodes: [] }],
    [
      ['--json', '--quick', '--only', '^40 ', '--node', '/a', '--node', '/b'],
      { json: true, quick: true, only: /^40 /, part: true, nodes: ['/a', '/b'] },
    ],
    [['--help'], undefined],
  ])('%j', (args, options) => {
    expect(parseOptions(args)).toEqual(options);
  });

  test.each([[['--fast']], [['40']], [['--only', '(']]])('refuse %j', (args) => {
    expect(() => parseOptions(args)).toThrow();
  });
});
