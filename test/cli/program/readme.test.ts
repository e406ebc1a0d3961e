import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAM, ROOT } from '../../support/program.ts';

const documents = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** Blocks that show a command and its output; a line `...` stands for lines that are left out. */
const blocks = documents.flatMap(({ path, text }) =>
  [...text.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(([, command = '', shown = '']) => ({
    path,
    command,
    shown,
  })),
);

let bin = '';

beforeAll(() => {
  bin = mkdtempSync(join(tmpdir(), 'tsmap-readme-'));
  symlinkSync(PROGRAM, join(bin, 'tsmap'));
});

afterAll(() => rmSync(bin, { recursive: true }));

function printedBy(command: string): string {
  const PATH = `${bin}${delimiter}${process.env['PATH']}`;
  return spawnSync('sh', ['-c', command], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  }).stdout;
}

describe('documents show what the program prints', () => {
  test('in at least ten places of the README', () => {
    const inReadme = blocks.filter(({ path }) => path === 'README.md');
    expect(inReadme.length).toBeGreaterThanOrEqual(10);
  });

  test.each(blocks)('$path: $command', ({ command, shown }) => {
    let rest = printedBy(command);
    for (const [i, part] of shown.split('...\n').entries()) {
      const at = rest.indexOf(part);
      if (i === 0) expect(rest.slice(0, part.length)).toBe(part);
      else expect(at).toBeGreaterThanOrEqual(0);
      rest = rest.slice(at + part.length);
    }
    expect(rest).toBe('');
  });
});
