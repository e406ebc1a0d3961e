import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, inTemporaryDirectory, PROGRAM, ROOT, tsmap } from '../../support/program.ts';

const fixture = async (...args: string[]) => {
  const { stdout, stderr, status } = await tsmap(['--proc-root', FIXTURES, ...args]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.toString();
};

describe('how options are written', () => {
  test.each([
    [['-xq', '34751']],
    [['-q', '34751', '-x']],
    [['--extended', '--quiet', '34751']],
    [['--ext', '--qu', '34751']],
    [['-x', '-x', '-q', '--', '34751']],
    [['-qx', '--layout=classic', '34751']],
    [['-xqA,', '34751']],
  ])('%j means -x -q', async (args) => {
    expect(await fixture(...args)).toBe(await fixture('-x', '-q', '34751'));
  });

  test('POSIXLY_CORRECT ends the options at the first process', async () => {
    const run = await tsmap(['34751', '-x'], { env: { POSIXLY_CORRECT: '1' } });
    expect(run.stderr).toContain("'-x' is not a process id");
    expect(run.status).toBe(1);
  });
});

describe('the layout', () => {
  const args = ['--proc-root', FIXTURES, '-x', '34751'];
  const header = /^Address {11}Kbytes {5}RSS {3}Dirty Mode {2}Mapping$/m;

  test('is taken from TSMAP_LAYOUT', async () => {
    const { stdout } = await tsmap(args, { env: { TSMAP_LAYOUT: 'procps' } });
    expect(stdout.toString()).toMatch(header);
  });

  test('is taken from --layout rather than from TSMAP_LAYOUT', async () => {
    const env = { TSMAP_LAYOUT: 'procps' };
    const { stdout } = await tsmap(['--layout', 'classic', ...args], { env });
    expect(stdout.toString()).not.toMatch(header);
  });

  test('is procps if the program is called pmap', async () => {
    await inTemporaryDirectory(async (directory) => {
      const program = join(directory, 'pmap');
      symlinkSync(PROGRAM, program);
      const { stdout } = await tsmap(args, { program });
      expect(stdout.toString()).toMatch(header);
    });
  });
});

test('--proc-root may end with a slash and may be absolute', async () => {
  const { stdout } = await tsmap(['--proc-root', `${join(ROOT, FIXTURES)}//`, '34751']);
  expect(stdout.toString()).toBe(await fixture('34751'));
});
