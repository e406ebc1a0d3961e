import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeProcRoot } from '../../support/proc/proc-root.ts';
import { FIXTURES, inTemporaryDirectory, tsmap } from '../../support/program.ts';

/** Processes whose kernels differ: both new fields, both in another order, one of them, none. */
const ALPHA_BETA = 7;
const BETA_ALPHA = 8;
const GAMMA_BETA = 9;
const NONE = 10;
const ALL = [ALPHA_BETA, BETA_ALPHA, GAMMA_BETA, NONE].map(String);

const root = makeProcRoot();
const at = ['--proc-root', root.path];

function smaps(...records: readonly string[]): string {
  return records
    .map((fields, i) => `${i + 1}000-${i + 2}000 rw-p 00000000 00:00 0\n${fields}`)
    .join('');
}

beforeAll(() => {
  const texts = [
    [ALPHA_BETA, smaps('Rss: 4 kB\nAlpha: 1 kB\nBeta: 20\n', 'Rss: 8 kB\nAlpha: 3 kB\nBeta: 10\n')],
    [BETA_ALPHA, smaps('Beta: 40\nRss: 4 kB\nAlpha: 5 kB\n')],
    [GAMMA_BETA, smaps('Gamma: 99 kB\nRss: 4 kB\nBeta: 30\n')],
    [NONE, smaps('Rss: 4 kB\n')],
  ] as const;
  for (const [pid, text] of texts) {
    root.add(pid, 1001);
    root.write(pid, 'smaps', text);
  }
});
afterAll(() => root.cleanUp());

async function linesOf(args: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await tsmap(args);
  // They are copies of one process, which looks like one address space.
  const others = stderr.split('\n').filter((line) => !line.includes('shares the address space'));
  expect(others).toEqual(['']);
  return stdout.toString().trimEnd().split('\n');
}

describe('fields that are new to tsmap are the same columns in all processes of a run', () => {
  test('as a table', async () => {
    const lines = await linesOf([...at, '--columns', 'address,alpha,beta,rss', ...ALL]);
    const words = lines.filter((line) => !line.includes('sleep')).map((line) => line.trim());
    expect(
      words.map((line) =>
        line
          .replace(/^0{12}/, '')
          .split(/ +/)
          .join(' '),
      ),
    ).toEqual([
      'Address Alpha Beta RSS',
      '1000 1 20 4',
      '2000 3 10 8',
      '- 4 - 12',
      'Address Alpha Beta RSS',
      '1000 5 40 4',
      '- 5 - 4',
      'Address Alpha Beta RSS',
      '1000 - 30 4',
      '- - - 4',
      'Address Alpha Beta RSS',
      '1000 - - 4',
      '- - - 4',
    ]);
  });

  test.each([[ALL], [ALL.toReversed()]])('as CSV of %j', async (pids) => {
    const [header, ...rows] = await linesOf([
      ...[...at, '--format', 'csv', '--columns', 'alpha,beta,gamma'],
      ...pids,
    ]);
    expect(header).toBe('pid,alpha_bytes,beta,gamma_bytes');
    expect(rows.sort()).toEqual([
      '10,,,',
      '7,1024,20,',
      '7,3072,10,',
      '8,5120,40,',
      '9,,30,101376',
    ]);
  });

  test('in a filter and an order', async () => {
    const [, ...rows] = await linesOf([
      ...[...at, '--format', 'csv', '--columns', 'beta,alpha'],
      ...['--filter', 'beta>10 or not beta', '--sort', '-alpha', ...ALL],
    ]);
    expect(rows).toEqual(['7,20,1024', '8,40,5120', '9,30,', '10,,']);
  });

  test('in a summary', async () => {
    const args = [...at, '--columns', 'alpha,gamma', '--sort', '-alpha,-gamma', ...ALL];
    const rows = await linesOf(['summary', ...args]);
    expect(rows.map((row) => row.trim().split(/ +/).slice(0, 4).join(' '))).toEqual([
      'PID User Alpha Gamma',
      '8 root 5 -',
      '7 root 4 -',
      '9 root - 99',
      '10 root - -',
      '- total 4 -',
    ]);
  });

  test('when they were recorded', async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = `${directory}/recorded.tsmap`;
      await linesOf(['record', ...at, ...ALL, '-o', file, '--count', '1', '--quiet']);
      const columns = ['--format', 'csv', '--columns', 'alpha,beta,gamma', '--filter', 'beta'];
      const recorded = await linesOf([...columns, '--from', file]);
      expect(recorded).toEqual(await linesOf([...columns, ...at, ...ALL]));
      expect(recorded).toHaveLength(5);
    });
  });

  test('on both sides of a comparison', async () => {
    const side = (pid: number) => `${root.path}/${pid}/smaps`;
    const columns = ['--format', 'csv', '--columns', 'alpha,gamma', '--unchanged'];
    const compared = [side(ALPHA_BETA), side(GAMMA_BETA)];
    const [header, ...rows] = await linesOf([
      'diff',
      ...columns,
      '--filter',
      'beta>10',
      ...compared,
    ]);
    expect(header).toMatch(/alpha_before_bytes,alpha_after_bytes,alpha_change_bytes,gamma_before/);
    expect(rows).toEqual([expect.stringMatching(/,1024,,,,101376,$/)]);
  });
});

/** Pss_Anon and similar fields are in smaps_rollup only, before the new field. */
test('a new field is never mistaken for another field of smaps_rollup', async () => {
  const args = ['--totals-only', '--columns', 'zswapped_future', '--proc-root', FIXTURES];
  expect(await linesOf(['summary', ...args, '2004', '1001'])).toEqual([
    ' PID User  Zswapped_Future Command',
    '2004 1005             4948 future',
    '1001 root                - /usr/bin/sleep 600',
    '   - total            4948 -',
  ]);
});
