import { describe, expect, test } from 'vitest';
import { modulesLoadedBy } from '../../support/hooked-runs.ts';
import { FIXTURES, onlyUnderNode } from '../../support/program.ts';

const AT = ['--proc-root', FIXTURES];
/** Names of ASCII alone. */
const ASCII_PID = '34751';
/** Names in Chinese, among others. */
const WIDE_PID = '2009';

/** Whether a run loads the library that measures text of any script. */
async function loadsLibrary(args: readonly string[]): Promise<boolean> {
  const modules = await modulesLoadedBy(args);
  return modules.some((name) => /\/string-width\b[^/]*$/.test(name));
}

const canLook = onlyUnderNode('what a run loads', 'the hook that watches it is for Node');

describe.runIf(canLook)('the library that measures wide characters, 30 ms of a start', () => {
  test.each([
    { args: ['summary'] },
    { args: ['summary', '--total'] },
    { args: ['--columns', 'address,rss,mapping'] },
    { args: ['--group-by', 'mapping'] },
    { args: ['--total'] },
    { args: ['-x'] },
    { args: ['--columns', 'mapping', '--format', 'csv'] },
  ])('is not loaded for ASCII: $args', async ({ args }) => {
    expect(await loadsLibrary([...args, ...AT, ASCII_PID])).toBe(false);
  });

  test.each([{ colour: '--color=never' }, { colour: '--color=always' }])(
    'is not loaded for a comparison of ASCII with $colour',
    async ({ colour }) => {
      const sides = ['fixtures/saved/sleep.smaps', `${FIXTURES}/${ASCII_PID}/smaps`];
      expect(await loadsLibrary(['diff', colour, ...sides])).toBe(false);
    },
  );

  test.each([{ args: ['--columns', 'address,rss,mapping'] }, { args: ['--group-by', 'mapping'] }])(
    'is loaded for a table with other characters: $args',
    async ({ args }) => {
      expect(await loadsLibrary([...args, ...AT, WIDE_PID])).toBe(true);
    },
  );

  test.each([
    { args: ['--columns', 'address,rss,kind'] },
    { args: ['-x'] },
    { args: ['--columns', 'mapping', '--format', 'csv'] },
  ])('is not loaded if they are not in a table: $args', async ({ args }) => {
    expect(await loadsLibrary([...args, ...AT, WIDE_PID])).toBe(false);
  });
});
