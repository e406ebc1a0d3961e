import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIXTURES, isExecutable, PROGRAM, ROOT } from '../../support/program.ts';

if (!isExecutable) {
  console.warn('skipped: the executable: TSMAP_TEST_PROGRAM is not set (npm run test:binary)');
}

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tsmap-binary-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What a command prints, started in that directory with nothing in its environment. */
function printedBy(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd: directory, env: {}, encoding: 'utf8' });
}

describe.runIf(isExecutable)('the executable alone in a directory', () => {
  const proc = ['--proc-root', join(ROOT, FIXTURES)];
  beforeAll(() => copyFileSync(PROGRAM, join(directory, 'tsmap')));

  test.each([
    { args: ['--help'] },
    { args: ['--version'] },
    { args: ['--columns', 'help'] },
    { args: ['completion', 'bash'] },
    { args: [...proc, '34751'] },
    { args: [...proc, '-x', '--color=always', '34751'] },
    { args: [...proc, '-XX', '34751'] },
    { args: [...proc, '--format', 'csv', '34751'] },
    { args: [...proc, '--format', 'ndjson', '34751'] },
    { args: [...proc, '--columns', '+swap', '--sort', '-rss', '34751'] },
    { args: [...proc, '--group-by', 'kind', '--human', '34751'] },
    { args: [...proc, '--total', '1001', '34751'] },
    { args: ['summary', ...proc, '34751'] },
    { args: ['summary', '--from', join(ROOT, FIXTURES, '34751/smaps')] },
  ])('prints with $args what the program prints under Node', ({ args }) => {
    const byNode = printedBy(process.execPath, [join(ROOT, 'bin/tsmap.cjs'), ...args]);
    const cut = (text: string) => text.replace(/"takenAt":"[^"]*"/, '');
    expect(cut(printedBy(join(directory, 'tsmap'), args))).toBe(cut(byNode));
  });

  test.each([
    { file: '.env', text: 'TSMAP_LAYOUT=procps\n' },
    { file: 'bunfig.toml', text: 'preload = ["./preload.js"]\n' },
  ])('ignores a $file in the current directory', ({ file, text }) => {
    const before = printedBy(join(directory, 'tsmap'), [...proc, '-x', '34751']);
    writeFileSync(join(directory, 'preload.js'), 'console.log("preloaded");');
    writeFileSync(join(directory, file), text);
    expect(printedBy(join(directory, 'tsmap'), [...proc, '-x', '34751'])).toBe(before);
  });
});
