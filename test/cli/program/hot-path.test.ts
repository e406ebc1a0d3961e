import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  FIXTURES,
  inTemporaryDirectory,
  onlyUnderNode,
  ROOT,
  tsmap,
} from '../../support/program.ts';

const HOOK = join(ROOT, 'test/cli/hooks/loaded-modules.cjs');
const AT = ['--proc-root', FIXTURES];
/** What every start loads; the program itself is not loaded as a module, see bin/tsmap.cjs. */
const START = ['bin/tsmap.cjs', 'node:fs', 'node:vm'];

/** The modules that a run loads: the project's files from ROOT, Node's own as `node:NAME`. */
async function loadedBy(args: readonly string[]): Promise<string[]> {
  return inTemporaryDirectory(async (directory) => {
    const file = join(directory, 'loaded');
    const env = { NODE_OPTIONS: `--require ${HOOK}`, LOADED_MODULES_FILE: file };
    const { stderr, status } = await tsmap(args, { env });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const names = readFileSync(file, 'utf8').split('\n');
    return [...new Set(names.map((name) => name.replace(`${ROOT}/`, '')))].sort();
  });
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
    expect(await loadedBy([...AT, ...options, '34751'])).toEqual(START);
  });

  test.each([
    { args: ['--color=always', '34751'], more: ['dist/program/chalk-style.cjs', 'node:os'] },
    { args: ['--format', 'ndjson', '34751'], more: ['dist/program/ndjson.cjs', 'node:v8'] },
    { args: ['--format', 'csv', '34751'], more: ['dist/program/delimited.cjs', 'node:v8'] },
    { args: ['--columns', '+swap', '34751'], more: ['dist/program/table-report.cjs'] },
  ])('and with $args also $more', async ({ args, more }) => {
    expect(await loadedBy([...AT, ...args])).toEqual(expect.arrayContaining([...START, ...more]));
  });
});

/** What `npm run build:program` put into each bundle. */
const bundles: Readonly<Record<string, { inputs: readonly string[] }>> = JSON.parse(
  readFileSync(join(ROOT, 'dist/bundles.json'), 'utf8'),
);

/** The packages whose code is in a bundle. */
function packagesIn(bundle: string): string[] {
  const found = bundles[bundle]?.inputs.map((file) => /^node_modules\/([^/]+)/.exec(file)?.[1]);
  return [...new Set(found?.filter((name) => name !== undefined))].sort();
}

describe('the bundle that every start parses', () => {
  test('has no code of a package', () => {
    expect(packagesIn('tsmap')).toEqual([]);
    expect(bundles['tsmap']?.inputs).toContain('src/main.ts');
  });

  test.each([
    { bundle: 'help', has: 'commander' },
    { bundle: 'chalk-style', has: 'chalk' },
    { bundle: 'terminal-table', has: 'cli-table3' },
    { bundle: 'unicode-width', has: 'string-width' },
  ])('leaves $has to $bundle', ({ bundle, has }) => {
    expect(packagesIn(bundle)).toContain(has);
  });

  test('has no code of a verb, of help or of a format but text', () => {
    const other =
      /^src\/(commands\/(?!map)|cli\/(summary|completion|help|columns-help)|format\/(machine\/(?!formats)|summary|table))/;
    expect(bundles['tsmap']?.inputs.filter((file) => other.test(file))).toEqual([]);
    expect(bundles['summary']?.inputs.filter((file) => other.test(file))).not.toEqual([]);
  });
});
