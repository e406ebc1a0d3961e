import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

const PIDS = ['1001', '2001', '2002', '2004', '34751'];

/** The first words of the rows of a summary, without its title, heading and total. */
async function firstWords(...args: readonly string[]): Promise<string[]> {
  const { stdout, stderr, status } = await tsmap(['summary', '--proc-root', FIXTURES, ...args]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const rows = stdout.toString().trimEnd().split('\n').slice(1, -1);
  return rows.map((row) => row.trim().split(/ +/)[0] ?? '');
}

describe('processes', () => {
  test.each([
    ['-rss', '2004 34751 2002 2001 1001'],
    ['rss', '1001 2001 2002 34751 2004'],
    ['swap_pss', '1001 2004 2001 2002 34751'],
    ['-swap_pss,rss', '2004 1001 2001 2002 34751'],
    [' swap_pss , -rss ', '1001 2004 34751 2002 2001'],
    ['-Private_Dirty', '34751 2004 2002 2001 1001'],
  ])('are sorted by %s, equal ones in their order, unknown values last', async (sort, expected) => {
    expect(await firstWords('--sort', sort, ...PIDS)).toEqual(expected.split(' '));
  });

  test('are sorted by resident memory by default, the largest first', async () => {
    expect(await firstWords(...PIDS)).toEqual(await firstWords('--sort', '-rss', ...PIDS));
  });
});

test('groups are sorted by several columns', async () => {
  const args = ['--group-by', 'mode', '--sort', '-mappings,pss', '--columns', 'pss', '34751'];
  const counts = (await firstWords(...args)).slice(1).map(Number);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(counts.length).toBeGreaterThan(3);
});
