import { expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

async function summary(...args: readonly string[]): Promise<string> {
  const { stdout } = await tsmap(['summary', '--proc-root', FIXTURES, ...args]);
  return stdout.toString();
}

/** That its groups will be shown is known only when the other processes have failed. */
test.each([[[]], [['--group-by', 'mode']], [['--group-by', 'mapping', '--top', '3']]])(
  'the only process that can be read is shown as if it were named alone, with %j',
  async (options) => {
    const alone = await summary(...options, '1001');
    expect(alone.split('\n').length).toBeGreaterThan(5);
    expect(await summary(...options, '1001', '99999')).toBe(alone);
    expect(await summary(...options, '99999', '1001', '99998')).toBe(alone);
  },
);

test('each of several processes has its groups in JSON', async () => {
  const { processes } = JSON.parse(await summary('--json', '1001', '34751'));
  for (const [i, pid] of ['1001', '34751'].entries()) {
    const [alone] = JSON.parse(await summary('--json', pid)).processes;
    expect(alone.by_kind.length).toBeGreaterThan(3);
    expect(processes[i]).toEqual(alone);
  }
});
