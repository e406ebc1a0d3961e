import { describe, expect, test } from 'vitest';
import { withHook } from '../../support/hooked-runs.ts';
import { canUseOracle, oracleProblem } from '../../support/pmap.ts';
import { FIXTURES, onlyUnderNode, tsmap } from '../../support/program.ts';

const NOT_LINUX = withHook('not-linux.cjs');

const canPretend = onlyUnderNode(
  'a system that is not Linux',
  'the hook that simulates it is for Node',
);

describe.runIf(canPretend)('a system that is not Linux', () => {
  test.each([{ options: [] }, { options: ['-x'] }, { options: ['-d'] }])(
    'is reported in one line with $options',
    async ({ options }) => {
      const { stdout, stderr, status } = await tsmap([...options, '1'], { env: NOT_LINUX });
      expect(stderr).toMatch(/^tsmap: [^\n]*darwin[^\n]*Linux[^\n]*\n$/);
      expect(stdout.toString()).toBe('');
      expect(status).toBe(1);
    },
  );

  test('can show a copy of /proc', async () => {
    const args = ['-x', '--proc-root', FIXTURES, '34751'];
    const { stdout, stderr, status } = await tsmap(args, { env: NOT_LINUX });
    expect(stdout.equals((await tsmap(args)).stdout)).toBe(true);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test('still has help', async () => {
    expect((await tsmap(['--help'], { env: NOT_LINUX })).status).toBe(0);
  });
});

if (!canUseOracle) console.warn(`skipped: no /proc: ${oracleProblem}`);

const canStart = onlyUnderNode('a system without /proc', 'the runtime of Bun needs one to start');

describe.runIf(canUseOracle && canStart)('a system without /proc', () => {
  const wrapper = ['unshare', '-m', 'sh', '-c', 'mount -n -t tmpfs none /proc && exec "$@"', 'sh'];

  test('is reported in one line', async () => {
    const { stdout, stderr, status } = await tsmap(['1'], { wrapper });
    expect(stderr).toMatch(/^tsmap: \/proc is not mounted[^\n]*\n$/);
    expect(stdout.toString()).toBe('');
    expect(status).toBe(1);
  });

  test('can show a copy of /proc', async () => {
    const args = ['--proc-root', FIXTURES, '34751'];
    const { stdout, stderr, status } = await tsmap(args, { wrapper });
    expect(stdout.equals((await tsmap(args)).stdout)).toBe(true);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
});
