import { describe, expect, test } from 'vitest';
import { type Option, spellings } from '../../../src/cli/options/option.ts';
import { REGISTRY } from '../../../src/run/registry.ts';
import { MAP_OPTIONS } from '../../../src/verbs/map/options.ts';
import { runCommand, tsmap } from '../../support/program.ts';
import {
  completionScripts,
  describeWith,
  SHELLS,
  type Shell,
} from '../../support/verbs/completion.ts';

const modules = await Promise.all(Object.values(REGISTRY.verbs).map(({ load }) => load()));
const verbOptions = modules.flatMap(({ options }) => Object.values<Option>(options));

const scripts = completionScripts();

/** How an option looks in the script of a shell. */
const WRITTEN: Readonly<Record<Shell, (spelling: string) => RegExp>> = {
  bash: (spelling) => new RegExp(`^    _tsmap_words .*(?<= )${spelling}(?= |$)`, 'm'),
  zsh: (spelling) => new RegExp(`^    '\\([^)]*\\)\\*?${spelling}[+=]?\\[`, 'm'),
  fish: (spelling) =>
    new RegExp(
      `^complete -c tsmap .*${spelling.replace(/^--/, '-l ').replace(/^-(?=.$)/, '-s ')} `,
      'm',
    ),
};

describe.each(SHELLS)('the script for %s', (shell) => {
  const options = [...Object.values<Option>(MAP_OPTIONS), ...verbOptions];

  test.each([...new Set(options.flatMap(spellings))])('has %s', (spelling) => {
    expect(scripts.textOf(shell)).toMatch(WRITTEN[shell](spelling));
  });

  test.each(Object.keys(REGISTRY.verbs))('has the verb %s', (verb) => {
    expect(scripts.textOf(shell)).toMatch(new RegExp(`^.*\\b${verb}\\b`, 'm'));
  });

  test('has every word that an option can take', () => {
    const choices = options.flatMap((option) => (option.kind === 'value' && option.choices) || []);
    expect(choices).toContain('procps');
    for (const word of choices) expect(scripts.textOf(shell)).toMatch(new RegExp(`\\b${word}\\b`));
  });

  test('has no option that the table does not have', () => {
    const known = options.flatMap(spellings);
    const code = scripts.textOf(shell).replace(/^ *#.*$/gm, '');
    const long = code.match(/(?<=[ ('{|])--[a-z][-a-z]*/g) ?? [];
    expect(long.filter((spelling) => !known.includes(spelling))).toEqual([]);
  });

  test('is for tsmap and not for pmap', () => {
    expect(scripts.textOf(shell)).not.toMatch(/\b(complete|compdef)\b.* pmap$/m);
    expect(scripts.textOf(shell)).not.toMatch(/-c pmap/);
  });
});

test.each([
  { args: ['completion'] },
  { args: ['completion', 'ksh'] },
  { args: ['completion', 'bash', 'zsh'] },
  { args: ['completion', 'toString'] },
])('$args is a mistake', async ({ args }) => {
  const { stdout, stderr, status } = await tsmap(args);
  expect(stdout.toString()).toBe('');
  expect(stderr).toBe(
    "tsmap: completion: expected one of bash, zsh, fish. Try 'tsmap completion --help'\n",
  );
  expect(status).toBe(1);
});

describe.each(SHELLS)('%s itself', (shell) => {
  describeWith([shell], 'takes its script', () => {
    test('without a syntax error', async () => {
      const { stderr, status } = await runCommand([shell, '-n', scripts.pathOf(shell)]);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    });
  });
});
