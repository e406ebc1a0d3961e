import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Grouping,
  openRecording,
  type Problem,
  ProblemError,
  readMaps,
  readProcessHead,
  readRollup,
  readSmaps,
  type Snapshot,
  takeSnapshot,
} from '../../../src/index.ts';
import { ROOT } from '../../support/program.ts';

const options = { procRoot: join(ROOT, 'fixtures/proc') };
const RECORDINGS = join(ROOT, 'fixtures/recordings');

/** The sum of a field over all records of a file, added up without a parser of tsmap's. */
function sumOf(file: string, field: string): number {
  const text = readFileSync(join(options.procRoot, file), 'latin1');
  return [...text.matchAll(new RegExp(`^${field}: +(\\d+) kB$`, 'gm'))].reduce(
    (sum, [, kib]) => sum + Number(kib),
    0,
  );
}

async function snapshotsOf(file: string): Promise<Snapshot[]> {
  const recording = await openRecording(join(RECORDINGS, file));
  const snapshots: Snapshot[] = [];
  for await (const { snapshot } of recording.snapshots()) snapshots.push(snapshot);
  return snapshots;
}

describe('totals of a snapshot', () => {
  test.each([1001, 1002, 1003, 1004, 2004])('of process %i are the sums of its smaps', (pid) => {
    const { totals } = takeSnapshot(pid, options);
    const file = `${pid}/smaps`;
    expect(totals.sizeKib).toBe(sumOf(file, 'Size'));
    expect(totals.rssKib).toBe(sumOf(file, 'Rss'));
    expect(totals.pssKib).toBe(sumOf(file, 'Pss'));
    expect(totals.ussKib).toBe(sumOf(file, 'Private_Clean') + sumOf(file, 'Private_Dirty'));
    expect(totals.sharedKib).toBe(sumOf(file, 'Shared_Clean') + sumOf(file, 'Shared_Dirty'));
    expect(totals.dirtyKib).toBe(sumOf(file, 'Shared_Dirty') + sumOf(file, 'Private_Dirty'));
    expect(totals.swapKib).toBe(sumOf(file, 'Swap'));
    const fields = Object.keys(totals.fields);
    expect(fields).toEqual(expect.arrayContaining(['Size', 'Rss', 'Private_Dirty', 'Referenced']));
    expect(totals.fields).toEqual(
      Object.fromEntries(fields.map((field) => [field, sumOf(file, field)])),
    );
  });

  test('are undefined where the kernel has no such field', () => {
    expect(takeSnapshot(2001, options).totals.swapKib).toBeUndefined();
  });

  test('of the kernel have no number of mappings and no address space', () => {
    const rollup = readRollup(1001, options);
    expect(rollup).toMatchObject({ rssKib: 1484, mappingCount: undefined, sizeKib: undefined });
    expect(rollup?.rssKib).toBe(takeSnapshot(1001, options).totals.rssKib);
  });

  test('of the kernel are undefined on a kernel without smaps_rollup', () => {
    expect(readRollup(2006, options)).toBeUndefined();
  });
});

describe('groups of a snapshot', () => {
  test.each<Grouping>(['kind', 'mapping', 'mode'])('by %s add up to its totals', (by) => {
    const snapshot = takeSnapshot(1002, options);
    const groups = snapshot.groups(by);
    const sumOfGroups = (figure: 'rssKib' | 'pssKib' | 'sizeKib' | 'mappingCount') =>
      groups.reduce((sum, { totals }) => sum + (totals[figure] ?? 0), 0);
    for (const figure of ['rssKib', 'pssKib', 'sizeKib', 'mappingCount'] as const) {
      expect(sumOfGroups(figure)).toBe(snapshot.totals[figure]);
    }
    expect(new Set(groups.map(({ label }) => label)).size).toBe(groups.length);
  });

  test('need the mappings, or a recording with the same grouping', async () => {
    const [byKind] = await snapshotsOf('v1-kind.tsmap');
    expect(byKind?.detail).toBe('kind');
    expect(byKind?.mappings).toEqual([]);
    expect(byKind?.groups('kind').map(({ label, totals }) => [label, totals.rssKib])).toEqual([
      ['code', 648],
      ['data', 984],
      ['heap', 1288],
      ['anonymous', 7952],
      ['stack', 3016],
    ]);
    expect(() => byKind?.groups('mapping')).toThrow(
      new RangeError('this snapshot holds no mappings that could be grouped by mapping'),
    );
  });
});

describe('differences between snapshots', () => {
  test('of one process at the same time are all unchanged', () => {
    const differences = takeSnapshot(1002, options).differencesTo(takeSnapshot(1002, options));
    expect(new Set(differences.map(({ status }) => status))).toEqual(new Set(['unchanged']));
    expect(new Set(differences.map(({ changes }) => changes.rssKib))).toEqual(new Set([0]));
  });

  test('add up to the difference of the totals', () => {
    const [before, after] = [takeSnapshot(1001, options), takeSnapshot(1002, options)];
    const sum = before
      .differencesTo(after)
      .reduce((total, { changes }) => total + (changes.rssKib ?? 0), 0);
    expect(sum).toBe((after.totals.rssKib ?? 0) - (before.totals.rssKib ?? 0));
  });

  test('need all mappings', async () => {
    const [byKind] = await snapshotsOf('v1-kind.tsmap');
    expect(() => byKind?.differencesTo(takeSnapshot(1001, options))).toThrow(
      new RangeError('only snapshots that hold all mappings can be compared'),
    );
  });
});

describe('what cannot be read', () => {
  test.each([
    [7, 'no-such-process'],
    [2906, 'missing-file'],
  ])('process %i throws a ProblemError', (pid, code) => {
    let thrown: unknown;
    try {
      takeSnapshot(pid, options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ProblemError);
    expect((thrown as ProblemError).problem.code).toBe(code);
  });

  test('damaged lines throw after the last mapping, or call onProblem', () => {
    const problems: Problem[] = [];
    const whole = [
      ...readMaps(2901, { ...options, onProblem: (problem) => problems.push(problem) }),
    ];
    expect(problems.map(({ code }) => code)).toEqual(['malformed']);
    const read: string[] = [];
    expect(() => {
      for (const { start } of readMaps(2901, options)) read.push(start.toString(16));
    }).toThrow(ProblemError);
    expect(read).toEqual(whole.map(({ start }) => start.toString(16)));
  });

  test('a snapshot of damaged smaps throws, or calls onProblem and keeps the rest', () => {
    const problems: Problem[] = [];
    expect(() => takeSnapshot(2901, options)).toThrow(ProblemError);
    const { totals } = takeSnapshot(2901, { ...options, onProblem: (p) => problems.push(p) });
    expect(problems.length).toBeGreaterThan(0);
    expect(totals.rssKib).toBe(sumOf('2901/smaps', 'Rss'));
  });
});

describe('arguments that cannot be right', () => {
  test.each([Number.NaN, -1, 0, 1.5, 2 ** 31])('process id %d is refused', (pid) => {
    const error = new RangeError(
      `the process id is ${pid}, but must be a whole number from 1 to 2147483647`,
    );
    expect(() => takeSnapshot(pid, options)).toThrow(error);
    expect(() => readSmaps(pid, options)).toThrow(error);
    expect(() => readMaps(pid, options)).toThrow(error);
    expect(() => readRollup(pid, options)).toThrow(error);
    expect(() => readProcessHead(pid, options)).toThrow(error);
  });

  test.each(['/nonexistent', ''])('procRoot %j is refused', (procRoot) => {
    expect(() => takeSnapshot(1001, { procRoot })).toThrow(
      new RangeError(`procRoot is '${procRoot}', which is not a directory`),
    );
  });

  test('fields and groupings of a program without types are refused', () => {
    expect(() => readSmaps(1001, { ...options, fields: 'Rss' as 'all' })).toThrow(
      new RangeError("fields is Rss, but must be 'all' or an array of names"),
    );
    expect(() => takeSnapshot(1001, options).groups('file' as Grouping)).toThrow(
      new RangeError('mappings are grouped by mapping, kind, mode, not by file'),
    );
  });
});

describe('a snapshot', () => {
  test('makes its mappings and totals once', () => {
    const snapshot = takeSnapshot(1001, options);
    expect(snapshot.mappings).toBe(snapshot.mappings);
    expect(snapshot.totals).toBe(snapshot.totals);
    expect(snapshot.mappings).toHaveLength(24);
  });
});

describe('mappings', () => {
  test('have only the fields that were asked for, and always the kind', () => {
    const all = [...readSmaps(2008, options)];
    const some = [...readSmaps(2008, { ...options, fields: ['Rss'] })];
    expect(some.map(({ kind }) => kind)).toEqual(all.map(({ kind }) => kind));
    expect(some.map(({ fields }) => Object.keys(fields))).toEqual(some.map(() => ['Rss']));
  });

  test('of maps have no fields', () => {
    expect([...readMaps(1001, options)].map(({ fields }) => fields)).toEqual(
      [...readSmaps(1001, options)].map(() => ({})),
    );
  });
});

describe('a recording', () => {
  test('that is compressed has the same snapshots', async () => {
    const [plain, packed] = [
      await snapshotsOf('v1-all.tsmap'),
      await snapshotsOf('v1-all.tsmap.gz'),
    ];
    expect(packed.map(({ mappings }) => mappings)).toEqual(plain.map(({ mappings }) => mappings));
    expect(plain.map(({ totals }) => totals.rssKib)).toEqual([13888, undefined, 13888, undefined]);
  });

  test('can be read once, and not after it was closed', async () => {
    const again = new Error('a recording can be read once: open it again');
    const recording = await openRecording(join(RECORDINGS, 'v1-all.tsmap'));
    await recording.snapshots().next();
    expect(() => recording.snapshots()).toThrow(again);
    await recording.close();
    const closed = await openRecording(join(RECORDINGS, 'v1-all.tsmap'));
    await closed.close();
    expect(() => closed.snapshots()).toThrow(again);
  });

  test('that is not one throws', async () => {
    await expect(openRecording(join(ROOT, 'fixtures/saved/not-a-map'))).rejects.toThrow(
      ProblemError,
    );
  });
});
