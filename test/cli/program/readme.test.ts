import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAM, ROOT } from '../../support/program.ts';

/** The blocks of the README that show a command and what it printed; `...` stands for left-out lines. */
const blocks = [
  ...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g),
].map(([, command = '', shown = '']) => ({ command, shown }));

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

describe('the README shows what the program prints', () => {
  test('in at least ten places', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(10);
  });

  test.each(blocks)('$command', ({ command, shown }) => {
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
