import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

const NOTE =
  'tsmap: /proc belongs to another pid namespace: it shows the processes there, with the numbers they have there\n';
const UNSHARE = ['unshare', '--pid', '--fork'];

/** Only root may make a pid namespace here. */
function canUnshare(): boolean {
  const works = spawnSync(UNSHARE[0] ?? '', [...UNSHARE.slice(1), 'true']).status === 0;
  if (!works) console.warn('skipped: another pid namespace: it takes root to make one');
  return works;
}

describe.runIf(canUnshare())('in a pid namespace whose /proc is that of another', () => {
  test.each([
    { args: ['-q'] },
    { args: ['summary'] },
    { args: ['check', '--max-rss', '1P'] },
    { args: ['watch', '--count', '1'] },
    { args: ['diff', '--after', '1ms'] },
  ])('$args says so once, and reads the process there', async ({ args }) => {
    const { stderr, status } = await tsmap([...args, String(process.pid)], { wrapper: UNSHARE });
    expect({ stderr, status }).toEqual({ stderr: NOTE, status: 0 });
  });

  test('files and copies of /proc are what they are', async () => {
    for (const args of [
      ['--from', 'fixtures/saved/sleep.smaps'],
      ['--proc-root', FIXTURES, '1001'],
    ]) {
      expect((await tsmap(args, { wrapper: UNSHARE })).stderr).toBe('');
    }
  });
});

test('in its own namespace nothing is said', async () => {
  expect((await tsmap(['-q', String(process.pid)])).stderr).toBe('');
});
