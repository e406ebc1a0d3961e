import { expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

async function summary(...args: readonly string[]): Promise<string> {
  const { stdout } = await tsmap(['summary', '--proc-root', FIXTURES, ...args]);
  return stdout.toString();
}

/** Nobody knows before the others have failed that groups of its mappings will be shown. */
test.each([[[]], [['--group-by', 'mode']], [['--group-by', 'mapping', '--top', '3']]])(
  'a process that is the only one left is shown as if it were named alone, with %j',
  async (options) => {
    const alone = await summary(...options, '1001');
    expect(alone.split('\n').length).toBeGreaterThan(5);
    expect(await summary(...options, '1001', '99999')).toBe(alone);
    expect(await summary(...options, '99999', '1001', '99998')).toBe(alone);
  },
);

test('of several, each has its groups in JSON', async () => {
  const { processes } = JSON.parse(await summary('--json', '1001', '34751'));
  for (const [i, pid] of ['1001', '34751'].entries()) {
    const [alone] = JSON.parse(await summary('--json', pid)).processes;
    expect(alone.by_kind.length).toBeGreaterThan(3);
    expect(processes[i]).toEqual(alone);
  }
});
