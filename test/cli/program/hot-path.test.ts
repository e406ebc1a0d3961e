import { describe, expect, test } from 'vitest';
import { REGISTRY } from '../../../src/run/registry.ts';
import { modulesLoadedBy } from '../../support/hooked-runs.ts';
import { FIXTURES, onlyUnderNode } from '../../support/program.ts';

const AT = ['--proc-root', FIXTURES];
const PROGRAM_FILE = /^dist\/program\/(.*)\.cjs$/;
/** Loaded at every start. */
const START = ['bin/tsmap.cjs', 'dist/program/core.cjs', 'node:fs', 'node:vm'];
/** Modules of Node that take more than a millisecond to load. */
const SLOW = ['node:child_process', 'node:net', 'node:tty', 'node:zlib'];

/** What a run loads besides the core: the program's files by name, and Node's slow modules. */
async function loadedLate(args: readonly string[]): Promise<string[]> {
  const loaded = await modulesLoadedBy(args);
  const files = loaded.flatMap((name) => PROGRAM_FILE.exec(name)?.[1] ?? []);
  return [
    ...files.filter((name) => name !== 'core'),
    ...loaded.filter((name) => SLOW.includes(name)),
  ];
}

const canLook = onlyUnderNode('what a run loads', 'the hook that watches it is for Node');

describe.runIf(canLook)('a run loads nothing that it does not use', () => {
  test.each([
    { options: [] },
    { options: ['-x'] },
    { options: ['-d'] },
    { options: ['-X'] },
    { options: ['-XX'] },
    { options: ['-p', '-q'] },
    { options: ['-x', '--layout=procps'] },
  ])('with $options', async ({ options }) => {
    expect(await modulesLoadedBy([...AT, ...options, '34751'])).toEqual(START);
  });

  test.each([
    { args: ['--color=always', '34751'], late: ['chalk', 'shared', 'node:net', 'node:tty'] },
    { args: ['--json', '34751'], late: ['json', 'shared'] },
    { args: ['--format', 'ndjson', '34751'], late: ['ndjson', 'shared'] },
    { args: ['--format', 'csv', '34751'], late: ['delimited', 'shared'] },
    { args: ['--columns', '+swap', '34751'], late: ['make-table', 'shared'] },
    { args: ['--filter', 'rss>0', '--sort', '-rss', '34751'], late: ['shared'] },
    { args: ['--columns', 'help'], late: ['shared'] },
  ])('and with $args also $late', async ({ args, late }) => {
    expect(await loadedLate([...AT, ...args])).toEqual(late);
  });

  test('and a saved file also what reads files', async () => {
    const args = ['--from', `${FIXTURES}/34751/smaps`];
    expect(await loadedLate(args)).toEqual(['recorded-sources', 'shared']);
  });
});

/** For each verb a run that writes text to a pipe, and the files that it loads besides the core. */
const RUNS: Readonly<
  Record<string, { readonly args: readonly string[]; readonly late: string[] }>
> = {
  summary: { args: [...AT, '34751'], late: ['shared', 'summary'] },
  watch: { args: [...AT, '--count', '1', '34751'], late: ['shared', 'watch'] },
  record: {
    args: [...AT, '--count', '1', '-o', 'DIRECTORY/one', '34751'],
    // node:tty (and with it node:net) finds out whether stderr is a terminal.
    late: ['record', 'shared', 'node:net', 'node:tty'],
  },
  diff: {
    args: [`${FIXTURES}/34751/smaps`, `${FIXTURES}/34751/smaps`],
    late: ['diff', 'shared'],
  },
  check: { args: [...AT, '--max-rss', '1T', '34751'], late: ['check', 'shared'] },
  completion: {
    args: ['bash'],
    // It completes the options of every verb.
    late: ['check', 'completion', 'diff', 'record', 'shared', 'summary', 'watch'],
  },
};

describe.runIf(canLook)('a verb loads the core, its own file and one that it shares', () => {
  test('and the table lists every verb of the registry', () => {
    expect(Object.keys(RUNS)).toEqual(Object.keys(REGISTRY.verbs));
  });

  test.each(Object.keys(RUNS))('%s', async (verb) => {
    const { args, late } = RUNS[verb] ?? { args: [], late: [] };
    expect(await loadedLate([verb, ...args])).toEqual(late);
  });

  test.each([
    { args: ['summary', ...AT, '--json', '34751'], late: ['json', 'shared', 'summary'] },
    {
      args: ['summary', ...AT, '--format', 'tsv', '34751'],
      late: ['delimited', 'shared', 'summary'],
    },
    {
      args: ['check', ...AT, '--max-rss', '1T', '--json', '34751'],
      late: ['check', 'json', 'shared'],
    },
    {
      args: ['watch', ...AT, '--count', '1', '--format', 'ndjson', '34751'],
      late: ['ndjson', 'shared', 'watch'],
    },
    {
      args: ['summary', '--help'],
      late: ['commander', 'help', 'shared', 'summary', 'node:child_process', 'node:net'],
    },
  ])('and for $args also what that needs', async ({ args, late }) => {
    expect(await loadedLate(args)).toEqual(late);
  });
});
