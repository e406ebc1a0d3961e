import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;
const SOURCES = join(ROOT, 'test/programs');
const ALSO_STATIC = ['odd.c', 'steps.c'];

/**
 * Builds what the tests run, once: the program itself (`dist/program/core.cjs`) and the C programs of
 * test/programs, whose directory TSMAP_TEST_PROGRAMS then names. All temporary directories of the tests
 * lie in one that is removed at the end: a file whose tests are all filtered out runs no afterAll().
 */
export default function setup(): () => void {
  run('npm', ['run', '--silent', 'build:program']);
  const temporary = mkdtempSync(join(tmpdir(), 'tsmap-tests-'));
  // Other users get in, as into /tmp.
  chmodSync(temporary, 0o711);
  const directory = join(temporary, 'programs');
  mkdirSync(directory);
  for (const file of readdirSync(SOURCES).filter((name) => name.endsWith('.c'))) {
    const program = join(directory, file.replace(/\.c$/, ''));
    compile(program, file);
    // A process that shares no library with others keeps its PSS and USS while they come and go.
    if (ALSO_STATIC.includes(file)) compile(`${program}-static`, file, ['-static']);
  }
  process.env['TSMAP_TEST_PROGRAMS'] = directory;
  process.env['TMPDIR'] = temporary;
  return () => rmSync(temporary, { recursive: true, force: true });
}

function compile(program: string, file: string, options: string[] = []): void {
  const all = ['-O1', '-Wall', '-Wextra', '-pthread', ...options];
  run('cc', [...all, '-o', program, join(SOURCES, file)]);
}

function run(command: string, args: string[]): void {
  execFileSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
}
