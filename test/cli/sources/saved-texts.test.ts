import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ROOT, tsmap } from '../../support/program.ts';
import { temporaryFiles } from '../../support/text/smaps-lines.ts';

const file = temporaryFiles();
const saved = (name: string) => readFileSync(join(ROOT, 'fixtures/saved', name), 'latin1');
const SMAPS = saved('sleep.smaps');
const MAPS = saved('sleep.maps');
const ROLLUP = saved('rollup');
const H =
  '10000000-10010000 rw-p 00000000 00:00 0 \nSize: 64 kB\nShared_Dirty: 0 kB\nPrivate_Dirty: 0 kB\n';
const TOTAL = /^total kB +(\d+) +(\d+) +(\d+)$/gm;

async function run(...args: string[]) {
  const { stdout, stderr, status } = await tsmap(args);
  return { stdout: stdout.toString(), stderr, status };
}

/** The RSS totals of -x, one for each process. */
async function rssTotals(path: string): Promise<number[]> {
  const { stdout } = await run('-x', '--from', path);
  return [...stdout.matchAll(TOTAL)].map(([, , rss]) => Number(rss));
}

describe('numbers and white space', () => {
  test('a blank, a tab or a CR behind a number does not make it nothing', async () => {
    for (const end of [' ', '\t', '\r', '\r\r']) {
      expect(await rssTotals(file('spaces', `${H}Rss: 40 kB${end}\n`))).toEqual([40]);
    }
  });

  test('a number behind tabs, as Linux 5.4 prints it, is a number in every report', async () => {
    const path = file('tabs', `${H}Rss: 40 kB\nTHPeligible:\t\t1\nVmFlags: rd wr \n`);
    expect((await run('-X', '--from', path)).stdout).toMatch(/^ *10000000 .* 1 *$/m);
    expect((await run('--json', '--from', path)).stdout).toContain('"thp_eligible":1');
    const filtered = await run(
      '--columns',
      'rss',
      '-q',
      '--filter',
      'thp_eligible=1',
      '--from',
      path,
    );
    expect(filtered.stdout).toMatch(/^ *40$/m);
  });

  test('text in place of a number is told with its line, by every verb', async () => {
    const path = file('text', `${H}Rss: 40 kB shared\nSwap: 0 kB\n`);
    const told = `tsmap: ${path}: line 5: expected 'Rss: number kB', found 'Rss: 40 kB shared'\n`;
    for (const args of [['-x'], ['summary'], ['--json'], ['--total']]) {
      expect(await run(...args, '--from', path)).toMatchObject({ stderr: told, status: 1 });
    }
    const compared = await run('diff', path, file('good', `${H}Rss: 44 kB\nSwap: 0 kB\n`));
    expect(compared).toMatchObject({ stderr: told, status: 1 });
  });
});

describe('several processes in a text', () => {
  test('are processes of their own where addresses go back', async () => {
    const path = file('two', SMAPS + SMAPS);
    expect(await rssTotals(path)).toEqual([1484, 1484]);
    expect((await run('summary', '--from', path)).stdout).toMatch(/- total 2968 452 192 /);
    expect(JSON.parse((await run('--json', '--from', path)).stdout).processes).toHaveLength(2);
    expect((await run('-x', '--from', path)).stderr).toBe('');
  });

  test('have the numbers of their headings', async () => {
    const text = `==> /proc/606/smaps <==\n${SMAPS}\n==> /proc/607/smaps <==\n${SMAPS}`;
    const { stdout } = await run('-x', '--from', file('headed', text));
    expect(stdout.match(/^\d+: /gm)).toEqual(['606: ', '607: ']);
  });

  test('have the number of the directory they were copied from', async () => {
    const path = file('x', '').replace(/x$/, 'proc/606/smaps');
    mkdirSync(dirname(path), { recursive: true });
    file('proc/606/smaps', SMAPS);
    expect((await run('-x', '--from', path)).stdout).toMatch(/^606: {3}\[smaps\]\n/);
  });

  test('are compared in their order, or by their numbers', async () => {
    const before = file('before', SMAPS + SMAPS);
    const { stdout, status } = await run('diff', before, before, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).comparisons ?? JSON.parse(stdout).processes).toHaveLength(2);
  });

  test('come from several files, each given with --from', async () => {
    const path = file('one', SMAPS);
    const { stdout } = await run('--total', '--columns', 'rss', '--from', path, '--from', path);
    expect(stdout).toBe('1484\n1484\n');
    expect(await run('--from', '-', '--from', '-')).toMatchObject({
      stderr: expect.stringContaining("'-' can be given only once"),
      status: 1,
    });
  });
});

describe('totals among the mappings', () => {
  test('never count: cat /proc/PID/smaps*', async () => {
    expect(await rssTotals(file('all', SMAPS + ROLLUP))).toEqual([1484]);
    expect(await rssTotals(file('all2', ROLLUP + SMAPS))).toEqual([1484]);
  });

  test('answer alone what they can', async () => {
    const path = file('rollup', ROLLUP);
    expect((await run('summary', '--totals-only', '--from', path)).stdout).toMatch(/^rss +1484 /m);
    expect((await run('--total', '--columns', 'rss', '--from', path)).stdout).toBe('1484\n');
    const compared = await run(
      'diff',
      path,
      file('rollup2', ROLLUP.replace(/^Rss: .*/m, 'Rss: 2000 kB')),
    );
    expect(compared.stdout).toMatch(/^\+516 .* change$/m);
    const damaged = file('rollup3', ROLLUP.replace(/^Rss: .*/m, 'Rss: some kB'));
    for (const args of [['summary', '--totals-only'], ['--total'], ['diff', path]]) {
      const told = await run(...args, ...(args[0] === 'diff' ? [damaged] : ['--from', damaged]));
      expect(told.stderr).toBe(
        `tsmap: ${damaged}: line 2: expected 'Rss: number kB', found 'Rss: some kB'\n`,
      );
      expect(told.status).toBe(1);
    }
    expect(await run('-x', '--from', path)).toEqual({
      stdout: '',
      stderr: `tsmap: ${path}: is totals only (smaps_rollup): 'tsmap summary --totals-only' shows them\n`,
      status: 1,
    });
  });
});

describe('the end of a text', () => {
  test('counts without a newline if it is whole', async () => {
    expect(await rssTotals(file('whole', SMAPS.replace(/\n$/, '')))).toEqual([1484]);
    const maps = await run('--from', file('maps', MAPS.replace(/\n$/, '')));
    expect(maps).toMatchObject({
      stdout: expect.stringContaining('total             2504K'),
      status: 0,
    });
  });

  test('is told if it is cut', async () => {
    const path = file(
      'cut',
      `${H}Rss: 40 kB\nSwap: 0 kB\n${H.replace(/^10000000-10010000/, '20000000-20010000')}Rss: 4`,
    );
    expect(await rssTotals(path)).toEqual([40]);
    expect(await run('-x', '--from', path)).toMatchObject({
      stderr: `tsmap: ${path}: ends in the middle of a record\n`,
      status: 1,
    });
  });
});

describe('a saved maps is enough', () => {
  test.each([
    [['--group-by', 'kind', '--columns', 'size']],
    [['--json']],
    [['--format', 'csv']],
    [['--columns', 'address,size,mapping,kind']],
    [['--filter', 'size>1M']],
    [['summary', '--columns', 'size']],
    [['summary', '--total', '--columns', 'size']],
  ])('for tsmap %j', async (args) => {
    const { stderr, stdout, status } = await run(...args, '--from', 'fixtures/saved/sleep.maps');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).not.toBe('');
  });

  test('to be compared by sizes', async () => {
    const grown = file(
      'grown',
      MAPS.replace(
        /^(\w+)-(\w+)( rw-p .*\[heap\])$/m,
        (_, a, b, rest) => `${a}-${(BigInt(`0x${b}`) + 0x1000n).toString(16)}${rest}`,
      ),
    );
    const { stdout, status } = await run('diff', 'fixtures/saved/sleep.maps', grown);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ *- +- +\+4 .*grew.*\[heap\]$/m);
  });
});

describe('what a text cannot know', () => {
  test('is not taken from this machine: its limits', async () => {
    const { stdout } = await run('summary', '--from', 'fixtures/saved/sleep.smaps');
    expect(stdout).toMatch(/^mappings +23 mappings$/m);
  });
});

describe('a compressed text', () => {
  test('is read', async () => {
    expect(await rssTotals(file('s.gz', gzipSync(SMAPS)))).toEqual([1484]);
    const members = Buffer.concat([gzipSync(SMAPS.slice(0, 5000)), gzipSync(SMAPS.slice(5000))]);
    expect(await rssTotals(file('any-name', members))).toEqual([1484]);
  });

  test('that is cut off shows what is whole', async () => {
    const path = file('cut.gz', gzipSync(SMAPS).subarray(0, 700));
    const { stdout, stderr, status } = await run('-x', '--from', path);
    expect(stdout.split('\n').length).toBeGreaterThan(8);
    expect(stderr).toMatch(/: is cut off: its compressed data ends after \d+ bytes of text\n$/);
    expect(status).toBe(1);
  });
});

test('a compressed text that is damaged at its beginning is damaged, not empty', async () => {
  const bytes = gzipSync(SMAPS);
  bytes[30] = (bytes[30] ?? 0) ^ 0xff;
  const path = file('damaged.gz', bytes);
  const { stderr, status } = await run('-x', '--from', path);
  expect(stderr).toMatch(
    /^tsmap: [^\n]*: is damaged: decompressing fails after \d+ bytes of text\n$/,
  );
  expect(status).toBe(1);
});

test('zstd from a pipe is read, or refused in one line by a Node without it', async () => {
  // A frame with one raw block, made by hand: Node 20 cannot make one.
  const head = Buffer.from('28b52ffd00', 'hex');
  const window = Buffer.from([0x38]);
  const block = Buffer.alloc(3);
  block.writeUIntLE((SMAPS.length << 3) | 1, 0, 3);
  const input = Buffer.concat([head, window, block, Buffer.from(SMAPS, 'latin1')]);
  const { stdout, stderr, status } = await tsmap(['-x', '--from', '-'], { input });
  if (status === 0) expect(stdout.toString()).toMatch(/^total kB +2504 +1484 +96$/m);
  else expect(stderr).toMatch(/^tsmap: standard input: is compressed with zstd, which [^\n]*\n$/);
});

describe('a text with maps in it', () => {
  test('is read, and which lines is told', async () => {
    const path = file(
      'hs_err.log',
      `# A fatal error\nDynamic libraries:\n${MAPS}\nVM Arguments:\n`,
    );
    const { stdout, stderr, status } = await run('--from', path);
    expect(stdout).toContain(' total             2504K');
    expect(stderr).toBe(`tsmap: ${path}: lines 3 to 26 are read as a map\n`);
    expect(status).toBe(0);
  });

  test('without any is refused as before', async () => {
    const path = file('log', 'nothing\nin here\n');
    expect((await run('--from', path)).stderr).toContain(
      "is not a maps or smaps file: expected 'start-end perms",
    );
  });
});

test('a file given where a process id is due gets advice', async () => {
  const path = file('s.smaps', SMAPS);
  expect((await run('-x', path)).stderr).toContain(`; to read the file: --from ${path}`);
  expect((await run('watch', path)).stderr).toContain("; 'tsmap --from FILE' reads saved files");
});

/** A proc tree as support reports copy it: without stat. */
test('a copied tree without stat works as far as it goes', async () => {
  const root = file('tree', '').replace(/tree$/, 'sos');
  mkdirSync(join(root, '606'), { recursive: true });
  for (const name of ['smaps', 'maps', 'status', 'cmdline']) {
    const path = join(ROOT, 'fixtures/proc/1001', name);
    writeFileSync(join(root, '606', name), readFileSync(path));
  }
  for (const args of [
    ['-x', '606'],
    ['summary', '606'],
    ['--name', 'sleep'],
    ['check', '--max-rss', '9M', '606'],
  ]) {
    const { stderr, status } = await run(...args, '--proc-root', root);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  }
});
