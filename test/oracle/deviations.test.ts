import { beforeAll, describe, expect, test } from 'vitest';
import { type Comparison, compareWithPmap, describeWithPmap } from '../support/pmap.ts';
import { DIFFERENT, fixtureInput, isDifferent, REPORTS } from './matrix.ts';

/** A line that only pmap prints about a fixture, and the line that tsmap prints instead. */
interface Deviation {
  readonly what: string;
  readonly fixture: string;
  readonly options: readonly string[];
  readonly pmap: string | RegExp;
  readonly tsmap: string | undefined;
}

const deviations: readonly Deviation[] = [
  {
    what: 'a line over 1,023 bytes becomes two rows in pmap, one of them from nowhere',
    fixture: '1004',
    options: [],
    pmap: /^ffffffffffffffff \d+K r---- deep$/m,
    tsmap: '00007f59ee833000     12K r---- deep',
  },
  {
    what: 'a line over 1,023 bytes loses its address in pmap -x',
    fixture: '1004',
    options: ['-x'],
    pmap: /^ffffffffffffffff \d+ {6}12 {7}0 r---- deep$/m,
    tsmap: '00007f59ee833000      12      12       0 r---- deep',
  },
  {
    what: 'names in UTF-8 are question marks in pmap',
    fixture: '2009',
    options: [],
    pmap: '00007f0004c26000   8280K r---- wide-??????',
    tsmap: '00007f0004c26000   8280K r---- wide-漢字',
  },
  {
    what: 'mappings without a Swap line have no row in pmap -x',
    fixture: '2001',
    options: ['-x'],
    pmap: /Mapping\n-{16} [- ]+\ntotal kB {12}7464 {4}5912 {4}2984\n$/,
    tsmap: '0000000000400000     560     440     224 r-x-- elder',
  },
  {
    what: 'a mapping without a Swap line takes its name away from the next in pmap -x',
    fixture: '2014',
    options: ['-x'],
    pmap: '0000000000608000    1620     984     496 rw---   [ anon ]',
    tsmap: '0000000000608000    1620    1288     648 rw---   [ anon ]',
  },
  {
    what: 'control characters in the title are dots in pmap',
    fixture: '2013',
    options: [],
    pmap: /^\d+: {3}\[a\) b \(c\) R 1\.\?\.\]$/m,
    tsmap: ':   [a) b (c) R 1???]',
  },
  {
    what: 'a file whose path holds /SYSV is a segment in pmap',
    fixture: '2015',
    options: [],
    pmap: '00007ffd58bef000   6380K rw-s-   [ shmid=0x18003 ]',
    tsmap: '00007ffd58bef000   6380K rw-s- SYSV00000001',
  },
  {
    what: 'a segment of huge pages is a file in pmap',
    fixture: '2015',
    options: [],
    pmap: '00007ffd5923a000   6780K rw-s- SYSV00000002 (deleted)',
    tsmap: '00007ffd5923a000   6780K rw-s-   [ shmid=0x18004 ]',
  },
  {
    what: 'garbage is a row in pmap, with values of the row before',
    fixture: '2901',
    options: [],
    pmap: '0000000000586000   1400K rw---   [ anon ]\n0000000000586000   1400K rw---   [ anon ]',
    tsmap: '0000000000586000   1400K rw---   [ anon ]\n00007f1234000000',
  },
  {
    what: 'a record that the end of the file cuts has no row in pmap -x',
    fixture: '2902',
    options: ['-x'],
    pmap: 'total kB            7020    5576    2360',
    tsmap: '00007f12341c7000    2220    1768     440 rw---   [ anon ]',
  },
  {
    what: 'a damaged header is a row in pmap',
    fixture: '2904',
    options: [],
    pmap: '000000000049d000   1040K rw---   [ anon ]',
    tsmap: undefined,
  },
  {
    what: 'a file of garbage has rows in pmap',
    fixture: '2905',
    options: [],
    pmap: /^0{16} \d+K .* \[ anon \]$/m,
    tsmap: ' total                0K',
  },
  {
    what: 'a mapping that is listed twice is shown and added twice in pmap',
    fixture: '2019',
    options: [],
    pmap: '000000000063a000   1740K rw---   [ anon ]\n000000000063a000   1760K rw---   [ anon ]',
    tsmap: '000000000063a000   1760K rw---   [ anon ]\n00007f1234000000',
  },
  {
    what: 'the totals of pmap -x -A count memory below the range',
    fixture: '2004',
    options: ['-x', '-A', '7ffd57281000'],
    pmap: 'total kB            4560   20864   10472',
    tsmap: 'total kB            4560    3640    1824',
  },
];

const utf8 = (bytes: Buffer) => bytes.toString('utf8');

describeWithPmap('where tsmap does not follow pmap', () => {
  test.each(deviations)('$what', async ({ fixture, options, pmap, tsmap }) => {
    const [both] = await compareWithPmap([fixtureInput(fixture)], [options], { separately: true });
    expect(both).toBeDefined();
    if (both === undefined) return;
    const theirs = utf8(both.pmap.stdout);
    const ours = utf8(both.tsmap.stdout);
    if (typeof pmap === 'string') expect(theirs).toContain(pmap);
    else expect(theirs).toMatch(pmap);
    if (tsmap !== undefined) expect(ours).toContain(tsmap);
    if (typeof pmap === 'string' && tsmap === undefined) expect(ours).not.toContain(pmap);
  });

  describe.each(REPORTS)('$name', (report) => {
    const fixtures = Object.keys(DIFFERENT).filter((name) => isDifferent(name, report));
    let comparisons: Comparison[] = [];

    beforeAll(async () => {
      const inputs = fixtures.map(fixtureInput);
      comparisons = await compareWithPmap(inputs, [report.options], { separately: true });
    });

    test.each(fixtures)('%s is in the list of differences for a reason', (fixture) => {
      const found = comparisons.find(({ input }) => input === fixture);
      const isSame =
        found?.pmap.status === found?.tsmap.status && found?.pmap.stdout.equals(found.tsmap.stdout);
      expect(isSame).toBe(false);
    });
  });
});
