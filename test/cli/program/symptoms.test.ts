import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeProcRoot } from '../../support/proc/proc-root.ts';
import { FIXTURES, inTemporaryDirectory, tsmap } from '../../support/program.ts';

const AT = ['--proc-root', FIXTURES];

async function linesOf(...args: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await tsmap(args);
  expect(stderr).toBe('');
  return stdout.toString().trimEnd().split('\n');
}

async function jsonOf(...args: readonly string[]) {
  return JSON.parse((await tsmap(args)).stdout.toString());
}

describe('summary --group-by mapping P Q printed the table of processes', () => {
  test('now it adds up the mappings of both: the PSS of a library, and how many have it', async () => {
    const pids = ['1001', '1002', '1003'];
    const { processes } = await jsonOf('summary', ...AT, '--json', ...pids);
    const { by_mapping, totals } = await jsonOf(
      'summary',
      ...AT,
      '--json',
      '--group-by',
      'mapping',
      ...pids,
    );
    const sums = new Map<string, { pss: number; processes: number }>();
    for (const { by_mapping: own } of processes) {
      for (const { name, pss_bytes } of own) {
        const { pss, processes } = sums.get(name) ?? { pss: 0, processes: 0 };
        sums.set(name, { pss: pss + pss_bytes, processes: processes + 1 });
      }
    }
    const expected = [...sums].map(([name, { pss, processes }]) => [name, pss, processes]);
    const found = by_mapping.map((each: Record<string, unknown>) => [
      each['name'],
      each['pss_bytes'],
      each['processes'],
    ]);
    expect([...found].sort()).toEqual(expected.sort());
    expect(found.map(([, pss]: [string, number]) => pss)).toEqual(
      found.map(([, pss]: [string, number]) => pss).sort((a: number, b: number) => b - a),
    );
    const all = found.reduce((sum: number, [, pss]: [string, number]) => sum + pss, 0);
    expect(all).toBe(totals.pss_bytes);
    expect(found.some(([, , count]: [string, number, number]) => count === 3)).toBe(true);
  });

  test('an address space that both have counts once', async () => {
    const root = makeProcRoot();
    try {
      for (const pid of [7, 8]) root.add(pid, 1001);
      const options = ['summary', '--proc-root', root.path, '--json', '--group-by', 'kind'];
      const one = await jsonOf(...options, '7');
      const both = await jsonOf(...options, '7', '8');
      expect(both.by_kind).toEqual(one.by_kind);
    } finally {
      root.cleanUp();
    }
  });
});

test('summary --total P Q printed the table of processes: now it prints their totals', async () => {
  const [heading, rss] = await linesOf('summary', ...AT, '--total', '1001', '34751');
  expect(heading).toMatch(/^Figure +KiB Meaning$/);
  expect(rss).toMatch(/^rss +17844 resident$/);
});

describe('summary --total --columns rss printed twelve figures', () => {
  test.each([
    { options: [], number: '17844' },
    { options: ['--bytes'], number: String(17844 * 1024) },
    { options: ['--human'], number: '17.4 MiB' },
    { options: ['--filter', 'kind=heap'], number: '9968' },
  ])(
    'now it prints the bare number that help promises, with $options',
    async ({ options, number }) => {
      const args = ['--total', '--columns', 'rss', ...options, '1001', '34751'];
      expect(await linesOf('summary', ...AT, ...args)).toEqual([number]);
    },
  );

  test('as the map does, which has one number for each process', async () => {
    expect(await linesOf(...AT, '--total', '--columns', 'rss', '34751')).toEqual(['16360']);
  });
});

describe('--group-by was in the order of addresses in one place and by RSS in another', () => {
  const rssOf = (lines: readonly string[], column: number) =>
    lines.slice(2, -1).map((line) => Number(line.trim().split(/ +/)[column]));

  test.each(['kind', 'mapping', 'mode'])('now the largest comes first in both: %s', async (by) => {
    const map = rssOf(await linesOf(...AT, '--group-by', by, '34751'), 2);
    const summary = rssOf(await linesOf('summary', ...AT, '--group-by', by, '34751'), 1);
    expect(map).toEqual([...map].sort((a, b) => b - a));
    expect(map).toEqual(summary);
    expect(map.length).toBeGreaterThan(4);
  });

  test('without RSS, by the first column that adds up', async () => {
    const lines = await linesOf(...AT, '--group-by', 'mode', '--columns', 'perm,size', '34751');
    const sizes = lines.slice(2, -1).map((line) => Number(line.split(/ +/)[1]));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });
});

test("tsmap's own tables name memory as the kernel does, never [ anon ] or rw---", async () => {
  for (const args of [
    ['--columns', 'perm,mapping'],
    ['--group-by', 'mapping'],
    ['--human'],
    ['--format', 'csv', '--columns', 'perm,mapping'],
  ]) {
    const text = (await linesOf(...AT, ...args, '34751')).join('\n');
    expect(text).toContain('[anon]');
    expect(text).not.toMatch(/\[ |rw---/);
  }
  expect((await linesOf(...AT, '-x', '34751')).join('\n')).toContain('rw---    [ anon ]');
});

test('--sort end compared addresses as texts: now positions are numbers', async () => {
  const { processes } = await jsonOf(
    ...AT,
    '--columns',
    'end',
    '--sort',
    '-end',
    '--json',
    '34751',
  );
  const ends = processes[0].mappings.map(({ end }: { end: string }) => BigInt(`0x${end}`));
  const sorted = [...ends].sort((a, b) => (a < b ? 1 : -1));
  expect(ends).toEqual(sorted);
  const above = await linesOf(
    ...AT,
    '--columns',
    'end',
    '--filter',
    'end>7fff00000000',
    '-q',
    '34751',
  );
  expect(above.slice(1).map((line) => line.trim())).toEqual([
    '00007fff4bacd000',
    '00007fff4bb43000',
    'ffffffffff601000',
  ]);
});

describe('three parsers read --help and --sort', () => {
  test('--help is an option wherever it stands, and shortened', async () => {
    for (const args of [
      ['summary', '--hel'],
      ['diff', 'x', '--help'],
      ['record', '1', '--help'],
      ['-qh'],
    ]) {
      expect((await linesOf(...args))[0]).toMatch(/^Usage: /);
    }
  });

  test('after -- it is an operand, and after -o a name', async () => {
    const { stdout, stderr, status } = await tsmap(['diff', '--', '--help']);
    expect({ stdout: stdout.toString(), status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toContain("'--help' is neither a process id nor a file");
    await inTemporaryDirectory(async (directory) => {
      mkdirSync(join(directory, 'd'));
      const recorded = await tsmap([
        'record',
        ...AT,
        '--count',
        '1',
        '-q',
        '-o',
        join(directory, 'd/--help'),
        '1001',
      ]);
      expect(recorded).toMatchObject({ stderr: '', status: 0 });
      expect(existsSync(join(directory, 'd/--help'))).toBe(true);
    });
  });

  test.each([
    [[...AT, '--columns', 'kind,rss', '-q', '34751']],
    [['summary', ...AT, '-q', '34751', '1001', '1002']],
    [['diff', ...AT, '-q', '1001', '1002']],
  ])('commas separate sort keys in each: %j', async (args) => {
    const sorted = await linesOf(...args, '--sort', 'swap,-rss');
    expect(sorted).not.toEqual(await linesOf(...args, '--sort', 'swap,rss'));
  });
});

test('the command line prog, -a and two empty arguments had two forms: now it has one everywhere', async () => {
  const root = makeProcRoot();
  try {
    root.add(9, 1001);
    root.write(9, 'cmdline', 'prog\0-a\0\0\0');
    const at = ['--proc-root', root.path];
    const runs = [
      [[], /^9: {3}(.*)$/m],
      [['summary'], /^9: {3}(.*)$/m],
      [['summary', '--all'], /^ *9 .* 0 (prog.*)$/m],
      [['--json'], /"command":"([^"]*)"/],
      [['summary', '--json'], /"command": "([^"]*)"/],
      [['summary', '--format', 'csv'], /^9,sleep,,([^,]*),/m],
      [['check', '--max-rss', '1B', '--format', 'tsv'], /^9\tsleep\t\t([^\t]*)\t/m],
      [['watch', '--count', '1', '--json'], /"command":"([^"]*)"/],
      [['diff', '--json', '9'], /"command": "([^"]*)"/],
    ] as const;
    for (const [args, form] of runs) {
      const pid = (args as readonly string[]).includes('--all') ? [] : ['9'];
      const { stdout } = await tsmap([...args, ...at, ...pid]);
      expect([args, form.exec(stdout.toString())?.[1]]).toEqual([args, 'prog -a']);
    }
  } finally {
    root.cleanUp();
  }
});
