import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeWithPmap } from '../support/pmap.ts';
import {
  endProcessesAfterwards,
  hasCommand,
  type Subject,
  startProgram,
  startReady,
  startSleep,
} from '../support/processes.ts';
import { inTemporaryDirectory, tsmap } from '../support/program.ts';

endProcessesAfterwards();

const PYTHON = 'import sys; print("ready", flush=True); sys.stdin.read()';
const NODE = 'console.log("ready"); setInterval(() => {}, 1000)';
/** A process that shares no page with any other, so that its PSS stays when others come and go. */
const ALONE = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void) { memset(malloc(5 << 20), 1, 5 << 20); puts("ready"); fflush(stdout); pause(); }
`;

async function startAlone(): Promise<Subject> {
  return inTemporaryDirectory(async (directory) => {
    const program = `${directory}/alone`;
    const args = ['-static', '-O0', '-x', 'c', '-o', program, '-'];
    execFileSync('cc', args, { input: ALONE, stdio: ['pipe', 'inherit', 'inherit'] });
    return startReady(program);
  });
}

/**
 * Starts a copy of Node's executable: pages of the original are shared with the tests and with
 * tsmap.
 */
async function startNode(): Promise<Subject> {
  return inTemporaryDirectory((directory) => {
    const program = `${directory}/node`;
    copyFileSync(process.execPath, program);
    return startReady(program, ['-e', NODE]);
  });
}

const STARTS: readonly (readonly [string, () => Promise<Subject>])[] = [
  ['sleep', startSleep],
  ['alone', startAlone],
  ['node', startNode],
  ['odd', () => startProgram('odd')],
  ...(hasCommand('python3')
    ? [['python3', () => startReady('python3', ['-c', PYTHON])] as const]
    : []),
];

/** Figures that the kernel does not divide: the sums of smaps equal smaps_rollup. */
const WHOLE: Readonly<Record<string, readonly string[]>> = {
  rss: ['Rss'],
  uss: ['Private_Clean', 'Private_Dirty'],
  shared: ['Shared_Clean', 'Shared_Dirty'],
  dirty: ['Shared_Dirty', 'Private_Dirty'],
  swap: ['Swap'],
  locked: ['Locked'],
  anon_huge_pages: ['AnonHugePages'],
  hugetlb: ['Shared_Hugetlb', 'Private_Hugetlb'],
};
/**
 * Figures that the kernel divides by the number of sharers, and rounds down to KiB when it prints.
 */
const DIVIDED: Readonly<Record<string, string>> = { pss: 'Pss', swap_pss: 'SwapPss' };

type Figures = Readonly<Record<string, number>>;
interface Summary extends Figures {
  readonly by_kind: readonly Figures[] & number;
  readonly by_mapping: readonly Figures[] & number;
}

async function summaryOf(pid: number, ...options: string[]): Promise<Summary> {
  const { stdout, stderr, status } = await tsmap(['summary', '--json', ...options, String(pid)]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return JSON.parse(stdout.toString()).processes[0];
}

/** Fields in KiB of a text of smaps, summed over its mappings. */
function sumsOf(path: string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [, name = '', kib] of readFileSync(path, 'latin1').matchAll(/^(\w+): +(\d+) kB$/gm)) {
    sums[name] = (sums[name] ?? 0) + Number(kib);
  }
  return sums;
}

/**
 * Copies the files of a process that summary reads, smaps and smaps_rollup right after each other.
 */
function record(pid: number, root: string): void {
  const names = ['smaps', 'smaps_rollup', 'maps', 'stat', 'status', 'cmdline', 'comm'];
  const texts = names.map((name) => [name, readFileSync(`/proc/${pid}/${name}`)] as const);
  mkdirSync(`${root}/${pid}`);
  for (const [name, text] of texts) writeFileSync(`${root}/${pid}/${name}`, text);
}

const total = (sums: Record<string, number>, fields: readonly string[]) =>
  fields.reduce((sum, field) => sum + (sums[field] ?? Number.NaN), 0);
const kib = (figures: Figures, id: string) => (figures[`${id}_bytes`] ?? Number.NaN) / 1024;

describe.each(STARTS)('a stopped %s', (name, start) => {
  let pid = 0;
  beforeAll(async () => {
    pid = (await (await start()).stop()).pid;
  });

  test('has the sums of smaps_rollup in summary', { retry: 30 }, async () => {
    const rollup = sumsOf(`/proc/${pid}/smaps_rollup`);
    const summary = await summaryOf(pid);
    for (const [id, fields] of Object.entries(WHOLE)) {
      expect(kib(summary, id), id).toBe(total(rollup, fields));
    }
  });

  // Any process that starts or ends changes the PSS of what it shares, so both texts are read at
  // once.
  test('loses less than 1 KiB of PSS per mapping against smaps_rollup, and nothing against smaps', async () => {
    await inTemporaryDirectory(async (root) => {
      record(pid, root);
      const rollup = sumsOf(`${root}/${pid}/smaps_rollup`);
      const smaps = sumsOf(`${root}/${pid}/smaps`);
      const count = readFileSync(`${root}/${pid}/maps`, 'latin1').trimEnd().split('\n').length;
      const summary = await summaryOf(pid, '--proc-root', root);
      const totals = await summaryOf(pid, '--proc-root', root, '--totals-only');
      for (const [id, field] of Object.entries(DIVIDED)) {
        expect(kib(summary, id), id).toBe(smaps[field]);
        expect(kib(totals, id), id).toBe(rollup[field]);
        const lost = kib(totals, id) - kib(summary, id);
        expect(lost, id).toBeGreaterThanOrEqual(0);
        expect(lost, id).toBeLessThan(count);
      }
    });
  });

  test('has kinds and mappings that add up to its figures exactly', async () => {
    const summary = await summaryOf(pid);
    for (const id of [...Object.keys(WHOLE), ...Object.keys(DIVIDED), 'size']) {
      for (const groups of [summary.by_kind, summary.by_mapping]) {
        const sum = groups.reduce((all, group) => all + kib(group, id), 0);
        expect(sum, id).toBe(kib(summary, id));
      }
    }
  });

  test('has the figures of smaps_rollup to the KiB with --totals-only', { retry: 30 }, async () => {
    const rollup = sumsOf(`/proc/${pid}/smaps_rollup`);
    const summary = await summaryOf(pid, '--totals-only');
    for (const [id, fields] of Object.entries(WHOLE)) {
      expect(kib(summary, id), id).toBe(total(rollup, fields));
    }
  });

  describeWithPmap('against pmap', () => {
    test('has the sums over the columns of pmap -XX', { retry: 30 }, async () => {
      const lines = execFileSync('pmap', ['-XX', String(pid)], { encoding: 'latin1' }).split('\n');
      const names = lines[1]?.trim().split(/ +/) ?? [];
      const rule = lines.findIndex((line) => /^ *=/.test(line));
      const numbers = lines[rule + 1]?.trim().split(/ +/).map(Number) ?? [];
      // The sums stand below Size and what follows it, all but VmFlags and the name.
      const first = names.indexOf('Size');
      const sums = Object.fromEntries(
        names.slice(first).map((name, i) => [name, numbers[i] ?? NaN]),
      );
      const summary = await summaryOf(pid);
      // pmap shares libraries with what it looks at: that turns private pages into shared ones.
      const { uss = [], shared = [], ...steady } = WHOLE;
      const divided = { uss, shared, pss: ['Pss'], swap_pss: ['SwapPss'] };
      const all = { ...steady, size: ['Size'], ...(name === 'alone' ? divided : {}) };
      expect(kib(summary, 'uss') + kib(summary, 'shared')).toBe(total(sums, [...uss, ...shared]));
      for (const [id, fields] of Object.entries(all)) {
        expect(kib(summary, id), id).toBe(total(sums, fields));
      }
    });
  });
});

const PSUTIL = `import json, psutil, sys
m = psutil.Process(int(sys.argv[1])).memory_full_info()
print(json.dumps([m.rss, m.pss, m.uss, m.swap]))`;
const SYSTEM_PYTHON = '/usr/bin/python3';

function whyNot(name: string, works: boolean): boolean {
  if (!works) console.warn(`skipped: figures against ${name}: it is not installed`);
  return !works;
}

describe('the figures of other programs about one stopped process', () => {
  let pid = 0;
  beforeAll(async () => {
    pid = (await (await startAlone()).stop()).pid;
  });
  const four = (summary: Figures) => ['rss', 'pss', 'uss', 'swap'].map((id) => kib(summary, id));

  const noPsutil = whyNot('psutil', spawnSync(SYSTEM_PYTHON, ['-c', 'import psutil']).status === 0);
  test.skipIf(noPsutil)(
    'are those of psutil: USS and swap of both, PSS of --totals-only',
    async () => {
      const out = execFileSync(SYSTEM_PYTHON, ['-c', PSUTIL, String(pid)], { encoding: 'utf8' });
      const [, ...others] = (JSON.parse(out) as number[]).map((bytes) => bytes / 1024);
      const [rss, ...rest] = four(await summaryOf(pid, '--totals-only'));
      expect(rest).toEqual(others);
      // psutil's RSS is that of statm, which newer kernels count per processor and so a little off.
      const statm = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4;
      expect(JSON.parse(out)[0] / 1024).toBe(statm);
      expect(Math.abs((rss ?? Number.NaN) - statm)).toBeLessThan(1024);
    },
  );

  const noSmem = whyNot('smem', hasCommand('smem'));
  test.skipIf(noSmem)('are those of smem, which adds up smaps', async () => {
    const args = ['-H', '-c', 'pid rss pss uss swap'];
    const rows = execFileSync('smem', args, { encoding: 'utf8' }).split('\n');
    const row = rows.map((line) => line.trim().split(/ +/).map(Number)).find(([p]) => p === pid);
    expect(four(await summaryOf(pid))).toEqual(row?.slice(1));
  });
});
