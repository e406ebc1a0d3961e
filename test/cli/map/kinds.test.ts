import { rmSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { KINDS } from '../../../src/model/kind.ts';
import { makeProcRoot } from '../../support/proc/proc-root.ts';
import { FIXTURES, inTemporaryDirectory, tsmap } from '../../support/program.ts';
import { WHOLE_PIDS } from '../../support/reports.ts';

const AT = ['--proc-root', FIXTURES];
/** Fixtures of processes that have not ended; a zombie is neither recorded nor compared. */
const PIDS = WHOLE_PIDS.filter((pid) => pid !== 2012).map(String);

/** The kind of each mapping, by its process and its start address. */
type Kinds = Readonly<Record<string, string>>;

interface JsonMapping {
  readonly pid: number;
  readonly start?: string;
  readonly address?: string;
  readonly start_after?: string;
  readonly kind: string;
}

async function linesOf(args: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await tsmap(args);
  const others = stderr.split('\n').filter((line) => !line.endsWith(': shown as 0'));
  expect(others).toEqual(['']);
  return stdout.toString('latin1').trimEnd().split('\n');
}

function keyOf(pid: string | number, address: string): string {
  return `${pid} ${address.replace(/^0+(?=.)/, '')}`;
}

/** The kinds in lines that are JSON objects with an address. */
async function kindsInNdjson(args: readonly string[]): Promise<Kinds> {
  const lines = (await linesOf([...args, '--format', 'ndjson'])).filter(Boolean);
  const rows: JsonMapping[] = lines.map((line) => JSON.parse(line));
  return Object.fromEntries(
    rows.map(({ pid, start, address, start_after, kind }) => [
      keyOf(pid, start ?? address ?? start_after ?? ''),
      kind,
    ]),
  );
}

/** The kinds in tables whose first two columns are the address and the kind. */
async function kindsInTables(args: readonly string[]): Promise<Kinds> {
  const kinds: Record<string, string> = {};
  let pid = '';
  for (const line of await linesOf(args)) {
    pid = /^(\d+): {3}/.exec(line)?.[1] ?? pid;
    const [, address, kind] = /^ *([0-9a-f]{16}) +(\S+)/.exec(line) ?? [];
    if (address !== undefined && kind !== undefined) kinds[keyOf(pid, address)] = kind;
  }
  return kinds;
}

/** The kinds as filters of each kind select them. */
async function kindsByFilter(args: readonly string[]): Promise<Kinds> {
  const all = KINDS.map(async (kind) => {
    const shown = await kindsInTables([...args, '--filter', `kind=${kind}`]);
    return Object.keys(shown).map((key) => [key, kind] as const);
  });
  return Object.fromEntries((await Promise.all(all)).flat());
}

let expected: Kinds;
beforeAll(async () => {
  expected = await kindsInNdjson([...AT, ...PIDS]);
});

/** How many mappings of each kind a process has; kinds without mappings are left out. */
function countsOf(kinds: Kinds): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [key, kind] of Object.entries(kinds)) {
    // The kernel does not count [vsyscall].
    if (/ ffffffffff600000\b/.test(key)) continue;
    const group = `${key.split(' ')[0]} ${kind}`;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return counts;
}

test('every kind is among the fixtures', () => {
  const missing = KINDS.filter((kind) => !Object.values(expected).includes(kind));
  expect(missing).toEqual([]);
  expect(expected[keyOf(2008, '7ffea0000000')]).toBe('huge-pages');
});

describe('each mapping has the same kind', () => {
  test.each([
    ['address,kind'],
    ['address,kind,rss'],
    ['address,kind,vm_flags'],
    ['address,kind,hugetlb'],
    ['address,kind,size,mapping'],
  ])('in a table of %s', async (columns) => {
    expect(await kindsInTables([...AT, '--columns', columns, ...PIDS])).toEqual(expected);
  });

  test.each([
    ['sorted by kind', ['--sort', 'kind,-address']],
    ['sorted by size and cut', ['--sort', '-size', '--top', '100000']],
    ['filtered by size', ['--filter', 'size>=0']],
    ['within a range', ['--range', '0,ffffffffffffffff']],
  ])('%s', async (_, options) => {
    const args = [...AT, ...options, '--columns', 'address,kind', ...PIDS];
    expect(await kindsInTables(args)).toEqual(expected);
  });

  test.each([
    ['chosen columns', ['--columns', 'address,kind']],
    ['the columns of -d', ['-d']],
    ['the columns of -x', ['-x']],
  ])('for programs, with %s', async (_, options) => {
    expect(await kindsInNdjson([...AT, ...options, ...PIDS])).toEqual(expected);
  });

  test.each([
    ["pmap's own layout", []],
    ['-x', ['-x']],
    ['a table without kinds', ['--columns', 'address,perm']],
  ])('if a filter asks for it, in %s', async (_, options) => {
    const shown = await kindsByFilter([...AT, ...options, ...PIDS]);
    expect(shown).toEqual(expected);
  });

  test('in a comparison', async () => {
    // Not all at once: two sides of one process each.
    const all = PIDS.map((pid) =>
      kindsInNdjson(['diff', ...AT, '--unchanged', '--columns', 'size', pid, pid]),
    );
    expect(Object.assign({}, ...(await Promise.all(all)))).toEqual(expected);
  });

  test('when it was recorded', async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = `${directory}/recorded.tsmap`;
      await linesOf(['record', ...AT, ...PIDS, '-o', file, '--count', '1', '--quiet']);
      const from = ['--from', file];
      expect(await kindsInTables([...from, '--columns', 'address,kind'])).toEqual(expected);
      expect(await kindsInNdjson(from)).toEqual(expected);
      expect(await kindsInNdjson([...from, '-d'])).toEqual(expected);
    });
  });
});

describe('each kind has as many mappings', () => {
  const ofRows = (rows: readonly { pid: number; kind: string; mappings: number }[]) =>
    Object.fromEntries(
      rows
        .filter(({ mappings }) => mappings !== 0)
        .map(({ pid, kind, mappings }) => [`${pid} ${kind}`, mappings]),
    );

  test.each([['mappings,kind'], ['mappings,size,kind'], ['kind,rss,mappings']])(
    'in groups with the columns %s',
    async (columns) => {
      const args = ['--group-by', 'kind', '--columns', columns, '--format', 'ndjson', ...PIDS];
      const rows = (await linesOf([...AT, ...args])).map((line) => JSON.parse(line));
      expect(ofRows(rows)).toEqual(countsOf(expected));
    },
  );

  test('in a summary', async () => {
    const { stdout } = await tsmap(['summary', ...AT, '--json', ...PIDS]);
    const { processes } = JSON.parse(stdout.toString());
    const rows = processes.flatMap(({ pid, by_kind }: { pid: number; by_kind: object[] }) =>
      by_kind.map((group) => ({ pid, ...group })),
    );
    expect(ofRows(rows)).toEqual(countsOf(expected));
  });
});

describe('if there is only maps, kinds follow from names and permissions', () => {
  const file = `${FIXTURES}/2008/maps`;
  /** The kinds as with smaps, except the one that only its fields reveal. */
  const kindsOfMaps = (pid: number): Kinds => {
    const own = Object.entries(expected).filter(([key]) => key.startsWith('2008 '));
    const named = own.map(([key, kind]) => [key.replace('2008', String(pid)), kind]);
    return { ...Object.fromEntries(named), [keyOf(pid, '7ffea0000000')]: 'deleted' };
  };

  test.each([
    ['a table', ['--columns', 'address,kind']],
    ['a table in another order', ['--columns', 'address,kind', '--sort', '-kind']],
  ])('in %s', async (_, options) => {
    expect(await kindsInTables([...options, '--from', file])).toEqual(kindsOfMaps(2008));
  });

  test('for programs', async () => {
    expect(await kindsInNdjson(['-d', '--from', file])).toEqual(kindsOfMaps(2008));
    const chosen = ['--columns', 'address,kind', '--from', file];
    expect(await kindsInNdjson(chosen)).toEqual(kindsOfMaps(2008));
  });

  test('in a filter and in groups', async () => {
    expect(await kindsByFilter(['--from', file])).toEqual(kindsOfMaps(2008));
    const groups = ['--group-by', 'kind', '--columns', 'mappings,kind', '--from', file];
    const [, , ...rows] = await linesOf(groups);
    const counts = rows.slice(0, -1).map((row) => row.trim().split(/ +/).toReversed());
    const pairs = counts.map(([kind, count]) => [`2008 ${kind}`, Number(count)]);
    expect(Object.fromEntries(pairs)).toEqual(countsOf(kindsOfMaps(2008)));
  });

  test('of a process whose kernel has no smaps', async () => {
    const root = makeProcRoot();
    root.add(8, 2008);
    rmSync(`${root.path}/8/smaps`);
    rmSync(`${root.path}/8/smaps_rollup`);
    const options = ['--proc-root', root.path, '--columns', 'address,kind', '8'];
    expect(await kindsInTables(options)).toEqual(kindsOfMaps(8));
    root.cleanUp();
  });

  test.each([
    [['--columns', 'address,kind,rss']],
    [['--columns', 'address,vm_flags']],
    [['--group-by', 'kind']],
    [['-x', '--filter', 'kind=heap']],
  ])('but other options that need smaps are refused: %j', async (options) => {
    const { stderr, status } = await tsmap([...options, '--from', file]);
    expect(stderr).toMatch(/^tsmap: fixtures\/proc\/2008\/maps: [^\n]*needs smaps\n$/);
    expect(status).toBe(1);
  });
});
