import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { hasCommand, startNamed } from '../processes.ts';
import { tsmap } from '../program.ts';

/** The shells that options are completed in. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A directory with the scripts of all shells, until the tests of the file are over. */
export interface CompletionScripts {
  readonly directory: string;
  pathOf(shell: Shell): string;
  textOf(shell: Shell): string;
  /** Checks that no name of a process made a shell run something. */
  expectNothingRan(): void;
}

/** Has the program print its scripts, before the tests of the file. */
export function completionScripts(): CompletionScripts {
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-completion-'));
  const pathOf = (shell: Shell) => join(directory, `script.${shell}`);
  beforeAll(async () => {
    for (const shell of SHELLS) {
      const { stdout, stderr, status } = await tsmap(['completion', shell]);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      writeFileSync(pathOf(shell), stdout);
    }
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return {
    directory,
    pathOf,
    textOf: (shell) => readFileSync(pathOf(shell), 'utf8'),
    expectNothingRan: () => expect(readdirSync(directory)).not.toContain('pwned'),
  };
}

/** `describe` for tests that need commands; if one is missing they are skipped, with the reason. */
export function describeWith(commands: readonly string[], name: string, tests: () => void): void {
  const missing = commands.filter((command) => !hasCommand(command));
  if (missing.length === 0) return void describe(name, tests);
  const reason = `${missing.join(' and ')} not installed`;
  console.warn(`skipped: ${name}: ${reason}`);
  describe.skip(`${name} (skipped: ${reason})`, tests);
}

/**
 * Starts a process with this name. Its id is not the beginning of another id, which a shell would
 * complete it to (ids start again after 32,768).
 */
export async function startCompletable(comm: string): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const { pid } = await startNamed(comm);
    expect(readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe(`${comm}\n`);
    if (!isBeginningOfAnother(String(pid))) return pid;
  }
  throw new Error('every process id is the beginning of another');
}

function isBeginningOfAnother(pid: string): boolean {
  return readdirSync('/proc').some((name) => name !== pid && name.startsWith(pid));
}

/** Names that do harm in a shell that evaluates them, and how each is shown in a list. */
export const HOSTILE_NAMES: readonly { comm: string; shown: string; shownByFish?: string }[] = [
  { comm: '$(>pwned)', shown: '$(>pwned)' },
  { comm: '`>pwned`', shown: '`>pwned`' },
  { comm: '\';>pwned;"', shown: '\';>pwned;"' },
  { comm: 'x);>pwned;(', shown: 'x);>pwned;(' },
  { comm: 'a\n>pwned\n', shown: 'a?>pwned?' },
  { comm: '\x1b[31mred\x1b]0;t', shown: '?[31mred?]0;t' },
  { comm: 'a\tb\rc\x7fd', shown: 'a?b?c?d' },
  { comm: '%S%F{red}[x]:y', shown: '%S%F{red}[x]:y' },
  { comm: 'é\u202e', shown: '?????', shownByFish: '??' },
  { comm: '*', shown: '*' },
  { comm: '-n -e \\n', shown: '-n -e \\n' },
  { comm: '  two  blanks ', shown: '  two  blanks ' },
];

/** What is offered for the last of these words, which the user is typing. */
export interface CompletionCase {
  readonly words: readonly string[];
  readonly offered: readonly string[];
}

/** Cases that are the same in bash and fish. */
export const COMPLETION_CASES: readonly CompletionCase[] = [
  { words: ['--la'], offered: ['--layout'] },
  { words: ['-x', '--qu'], offered: ['--quiet'] },
  { words: ['--re'], offered: ['--read-rc', '--read-rc-from'] },
  { words: ['--layout', ''], offered: ['classic', 'procps'] },
  { words: ['--layout', 'pr'], offered: ['procps'] },
  { words: ['--color', 'al'], offered: ['always'] },
  { words: ['com'], offered: ['completion'] },
  { words: ['completion', ''], offered: ['bash', 'fish', 'zsh'] },
  { words: ['completion', 'z'], offered: ['zsh'] },
  { words: ['completion', 'bash', ''], offered: [] },
  { words: ['-x', 'complet'], offered: [] },
  { words: ['--range', ''], offered: [] },
  { words: ['-A', ''], offered: [] },
  { words: ['--group-by', ''], offered: ['kind', 'mapping', 'mode'] },
  { words: ['--ex'], offered: ['--extended'] },
  { words: ['-x', 'summ'], offered: [] },
  { words: ['summ'], offered: ['summary'] },
  { words: ['summary', '--ex'], offered: ['--explain'] },
  { words: ['summary', '--tot'], offered: ['--total', '--totals-only'] },
  { words: ['summary', '--la'], offered: [] },
  { words: ['summary', '--group'], offered: ['--group-by'] },
  { words: ['summary', '-q', '--format', ''], offered: ['csv', 'json', 'ndjson', 'text', 'tsv'] },
  { words: ['summary', '--format', 'nd'], offered: ['ndjson'] },
  { words: ['summary', '--name', ''], offered: [] },
  { words: ['completion', '--la'], offered: [] },
];
