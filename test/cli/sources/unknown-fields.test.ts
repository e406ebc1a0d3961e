import { expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

/** Without the fields that smaps_rollup has and smaps has not (Pss_Anon ...), which come first there. */
test('a new field is never mistaken for another one of smaps_rollup', async () => {
  const args = ['--totals-only', '--columns', 'zswapped_future', '--proc-root', FIXTURES];
  const { stdout, stderr } = await tsmap(['summary', ...args, '2004', '1001']);
  expect(stderr).toBe('');
  expect(stdout.toString().split('\n')).toEqual([
    ' PID User  Zswapped_Future Command',
    '2004 1005             4948 future',
    '1001 root                - /usr/bin/sleep 600',
    '   - total            4948 -',
    '',
  ]);
});
