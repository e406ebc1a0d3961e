import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;
const SOURCES = join(ROOT, 'test/programs');

/**
 * Builds what the tests run, once: the program itself (`dist/program/core.cjs`) and the C programs of
 * test/programs, whose directory TSMAP_TEST_PROGRAMS then names.
 */
export default function setup(): () => void {
  run('npm', ['run', '--silent', 'build:program']);
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-programs-'));
  mkdirSync(directory, { recursive: true });
  for (const file of readdirSync(SOURCES).filter((name) => name.endsWith('.c'))) {
    const program = join(directory, file.replace(/\.c$/, ''));
    run('cc', ['-O1', '-Wall', '-Wextra', '-pthread', '-o', program, join(SOURCES, file)]);
  }
  process.env['TSMAP_TEST_PROGRAMS'] = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}

function run(command: string, args: string[]): void {
  execFileSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
}
