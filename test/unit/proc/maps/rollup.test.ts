import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openMappings } from '../../../../src/proc/maps/open-mappings.ts';
import { type Rollup, readRollup } from '../../../../src/proc/maps/rollup.ts';
import { placeOf } from '../../../../src/proc/process/process-place.ts';
import { endProcessesAfterwards, startOddAlone } from '../../../support/processes.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';

const FIXTURES = new URL('../../../../fixtures/proc', import.meta.url).pathname;
const HEADER = '1000-9000 ---p 00000000 00:00 0                          [rollup]\n';

endProcessesAfterwards();

function fieldsOf(rollup: Rollup | undefined): Record<string, unknown> | undefined {
  if (rollup === undefined) return undefined;
  const { vocabulary, values } = rollup;
  return Object.fromEntries(vocabulary.order.map((slot) => [vocabulary.name(slot), values[slot]]));
}

/** A root with one process, 7, whose smaps_rollup is the given text; without one if undefined. */
function rootWith(text: string | undefined, use: (root: string) => void): Promise<void> {
  return inTemporaryDirectory((root) => {
    mkdirSync(join(root, '7'));
    writeFileSync(join(root, '7/stat'), '7 (x) S 1\n');
    if (text !== undefined) writeFileSync(join(root, '7/smaps_rollup'), text);
    use(root);
  });
}

describe('the totals of smaps_rollup', () => {
  test('are read in its order, with the fields that no other file has', () => {
    expect(fieldsOf(readRollup(placeOf(FIXTURES, 1001)))).toEqual({
      Rss: 1484,
      Pss: 232,
      Pss_Dirty: 96,
      Pss_Anon: 96,
      Pss_File: 136,
      Pss_Shmem: 0,
      Shared_Clean: 1388,
      Shared_Dirty: 0,
      Private_Clean: 0,
      Private_Dirty: 96,
      Referenced: 1484,
      Anonymous: 96,
      KSM: 0,
      LazyFree: 0,
      AnonHugePages: 0,
      ShmemPmdMapped: 0,
      FilePmdMapped: 0,
      Shared_Hugetlb: 0,
      Private_Hugetlb: 0,
      Swap: 0,
      SwapPss: 0,
      Locked: 0,
    });
  });

  test('lack what an older kernel does not print', () => {
    const fields = fieldsOf(readRollup(placeOf(FIXTURES, 2003)));
    expect([fields?.['Pss'], fields?.['Locked'], fields?.['KSM']]).toEqual([2388, 2668, undefined]);
  });

  test('are undefined if the kernel has none although the process exists', () => {
    expect(readRollup(placeOf(FIXTURES, 2006))).toBeUndefined();
  });

  test('are absent, not zero, for a kernel thread, which has no memory', () => {
    expect(readRollup(placeOf('/proc', 2))?.values).toEqual([]);
  });

  test('equal the sums of smaps for a stopped process', async () => {
    // Others map the libraries of the usual one, which turns private pages into shared ones.
    const { pid } = await (await startOddAlone()).stop();
    const sums: Record<string, number> = {};
    const reader = openMappings(placeOf('/proc', pid), 'all');
    for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
      for (const slot of reader.vocabulary.order) {
        const name = reader.vocabulary.name(slot);
        sums[name] = (sums[name] ?? 0) + Number(mapping.values[slot] ?? 0);
      }
    }
    reader.close();
    const fields = Object.entries(fieldsOf(readRollup(placeOf('/proc', pid))) ?? {});
    // The kernel rounds Pss down in each record of smaps, and once in the rollup.
    const exact = fields.filter(([name]) => !/Pss/.test(name));
    expect(exact.length).toBeGreaterThan(10);
    expect(exact).toEqual(exact.map(([name]) => [name, sums[name]]));
    const pss = Number(fields.find(([name]) => name === 'Pss')?.[1]);
    expect(pss - (sums['Pss'] ?? 0)).toBeGreaterThanOrEqual(0);
    expect(pss - (sums['Pss'] ?? 0)).toBeLessThan(100);
  });

  test.each([
    ['no such process', 8, HEADER, 'no-such-process', 'no such process'],
    ['an empty file', 7, '', 'malformed', 'ROOT/7/smaps_rollup: expected one record of totals'],
    ['rubbish', 7, 'what\n', 'malformed', 'ROOT/7/smaps_rollup: expected one record of totals'],
    [
      'a damaged line',
      7,
      `${HEADER}Rss: 1 kB\nwhat\n`,
      'malformed',
      'ROOT/7/smaps_rollup: expected one record of totals',
    ],
    [
      'two records',
      7,
      `${HEADER}Rss: 1 kB\n${HEADER.replace('1000', '9000').replace('9000', 'a000')}Rss: 1 kB\n`,
      'malformed',
      'ROOT/7/smaps_rollup: expected one record of totals',
    ],
    [
      'a cut file',
      7,
      `${HEADER}Rss: 1 kB\nPss: 2`,
      'cut',
      'ROOT/7/smaps_rollup ends in the middle of a line',
    ],
  ])('are an error if there is %s', (_, pid, text, code, message) =>
    rootWith(text, (root) => {
      const problem = { pid, code, message: message.replace('ROOT', root) };
      expect(() => readRollup(placeOf(root, pid))).toThrow(expect.objectContaining({ problem }));
    }),
  );

  test('are read from a copy of /proc as from /proc', () =>
    inTemporaryDirectory((root) => {
      cpSync(join(FIXTURES, '2004'), join(root, '2004'), { recursive: true });
      expect(fieldsOf(readRollup(placeOf(root, 2004)))).toEqual(
        fieldsOf(readRollup(placeOf(FIXTURES, 2004))),
      );
    }));
});
