import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Totals } from '../../../../src/aggregate/totals.ts';
import { columns } from '../../../../src/columns/table.ts';
import { DETAILS, type Detail } from '../../../../src/model/detail.ts';
import { type Problem, ProblemError } from '../../../../src/model/errors/problem.ts';
import type { Sample } from '../../../../src/model/sample.ts';
import {
  readSample,
  type SampleRequest,
  takeSample,
} from '../../../../src/sources/live/sampler.ts';
import { makeProcRoot } from '../../../support/proc/proc-root.ts';
import { type Steps, startSteps } from '../../../support/steps.ts';

const TAKEN_AT_MS = Date.UTC(2026, 10, 22);
const PAGE_KIB = 4;

function request(pid: number, detail: Detail, root = '/proc'): SampleRequest {
  return { root, pid, detail, epochMs: () => TAKEN_AT_MS, onProblem: fail };
}

function fail(problem: Problem): never {
  throw new Error(problem.message);
}

function sumOf(sample: Sample, column = columns.rss): number | undefined {
  const totals = new Totals([column]);
  for (const row of sample.rows) totals.add(row);
  return totals.known(column);
}

/** The error that a reading throws. */
function problemOf(read: () => unknown): Problem | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return undefined;
}

describe('a sample of a process whose memory follows a script', () => {
  let steps: Steps;
  beforeAll(async () => {
    steps = await startSteps();
  });
  afterAll(() => steps.end());

  test.each(DETAILS)('sees each step to the page, with the detail %s', async (detail) => {
    const rssKib = () => sumOf(takeSample(request(steps.pid, detail))) ?? Number.NaN;
    const beginning = rssKib();
    const seen: number[] = [];
    const { number } = await steps.area('map 1024');
    seen.push(rssKib() - beginning);
    await steps.say(`drop ${number} 256`);
    seen.push(rssKib() - beginning);
    await steps.say(`touch ${number} ${PAGE_KIB}`);
    seen.push(rssKib() - beginning);
    await steps.say('heap 512');
    seen.push(rssKib() - beginning);
    await steps.say(`unmap ${number}`);
    seen.push(rssKib() - beginning);
    expect(seen).toEqual([1024, 768, 772, 1284, 512]);
  });

  test('has mappings in order, groups, or one row without addresses', () => {
    const of = (detail: Detail) => takeSample(request(steps.pid, detail));
    const all = of('all');
    const starts = all.rows.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(all.rows.length).toBeGreaterThan(10);
    expect(of('kind').rows.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['code', 'heap', 'stack', 'anonymous', 'kernel']),
    );
    expect(of('mapping').rows.map(({ name }) => name)).toContain('[heap]');
    const [total, ...others] = of('total').rows;
    expect(others).toEqual([]);
    expect(total).toMatchObject({ start: 0, end: 0, name: '' });
    expect(sumOf(of('total'))).toBe(sumOf(all));
  });

  test('has the process and the time, and its rows do not change later', () => {
    const first = takeSample(request(steps.pid, 'all'));
    expect(first).toMatchObject({ takenAtMs: TAKEN_AT_MS, detail: 'all', head: { comm: 'steps' } });
    expect(new Set(first.rows).size).toBe(first.rows.length);
  });
});

describe('a sample of a proc root', () => {
  const root = makeProcRoot();
  afterAll(() => root.cleanUp());

  test('is the sum of smaps if the kernel has no smaps_rollup', () => {
    root.add(7, 1001);
    const rolled = takeSample(request(7, 'total', root.path));
    root.remove(7);
    root.add(7, 1001);
    root.write(7, 'smaps_rollup', '');
    expect(problemOf(() => takeSample(request(7, 'total', root.path)))?.code).toBe('malformed');
    const noRollup = makeProcRoot();
    noRollup.add(8, 2001);
    const summed = takeSample(request(8, 'total', noRollup.path));
    const all = takeSample(request(8, 'all', noRollup.path));
    noRollup.cleanUp();
    expect(summed.rows).toHaveLength(1);
    expect(sumOf(summed)).toBe(sumOf(all));
    expect(sumOf(rolled)).toBeGreaterThan(0);
  });

  test('cannot be taken of a zombie, which has ended', () => {
    root.add(7, 1001);
    root.setState(7, 'Z');
    expect(problemOf(() => takeSample(request(7, 'total', root.path)))).toEqual({
      pid: 7,
      code: 'no-such-process',
      message: 'no such process (it ended)',
    });
  });

  test.each(['all', 'total'] as const)(
    'cannot be taken if another process got the pid meanwhile, with the detail %s',
    (detail) => {
      root.add(7, 1001, 1000);
      const recycling = {
        begin: () => root.add(7, 1002, 2000),
        row: () => {},
      };
      const read = () => readSample(request(7, detail, root.path), recycling);
      expect(problemOf(read)?.message).toBe('no such process (it ended)');
    },
  );

  test('cannot be taken if the process loses its memory meanwhile, as at its end', () => {
    root.add(7, 1001);
    // The size of the address space is the 23rd field of stat.
    const text = readFileSync(join(root.path, '7/stat'), 'latin1');
    const stat = text.replace(/^((?:\S+ ){22})\d+/, (_, before) => `${before}0`);
    const ending = { begin: () => root.write(7, 'stat', stat), row: () => {} };
    const read = () => readSample(request(7, 'total', root.path), ending);
    expect(problemOf(read)?.code).toBe('no-such-process');
  });

  test('can be taken of a damaged text, and reports the damage', () => {
    root.add(7, 1001);
    root.write(7, 'smaps', '00400000-00401000 r--p 00000000 08:01 42 /bin/x\nRss: 4 kB\nwhat\n');
    const problems: Problem[] = [];
    const onProblem = (problem: Problem) => problems.push(problem);
    const sample = takeSample({ ...request(7, 'all', root.path), onProblem });
    expect(sumOf(sample)).toBe(4);
    expect(problems.map(({ pid, code }) => [pid, code])).toEqual([[7, 'malformed']]);
  });
});

test('no descriptor stays open, however often a process is read', () => {
  const count = () => readdirSync('/proc/self/fd').length;
  takeSample(request(process.pid, 'kind'));
  const before = count();
  for (let i = 0; i < 20; i++) takeSample(request(process.pid, 'kind'));
  expect(count()).toBe(before);
});
