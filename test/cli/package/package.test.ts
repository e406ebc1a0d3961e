import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REGISTRY } from '../../../src/run/registry.ts';
import { BUILT_FILES } from '../../support/built-files.ts';
import { cleanEnvironment, FIXTURES, onlyUnderNode, ROOT } from '../../support/program.ts';

const AT = ['--proc-root', join(ROOT, FIXTURES)];
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

let directory = '';
/** Where the package is installed as a dependency of another one. */
let project = '';
/** The installed package itself. */
let installed = '';
let tarball = '';

/** Runs a command in a directory and returns its stdout. @throws Error if it fails. */
function run(command: string, args: readonly string[], cwd: string): string {
  const own = Object.entries(cleanEnvironment()).filter(([name]) => !name.startsWith('npm_'));
  return execFileSync(command, args, { cwd, env: Object.fromEntries(own), encoding: 'utf8' });
}

/** Runs the installed program. */
function tsmap(...args: readonly string[]): string {
  return run(process.execPath, [join(project, 'node_modules/.bin/tsmap'), ...args], project);
}

/** The files below a directory, from there. */
function filesIn(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).sort();
}

const hasPackage = onlyUnderNode('the package', 'the executable is not in it');

describe.runIf(hasPackage)('the package, packed and installed in an empty folder', () => {
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tsmap-package-'));
    // The global setup has built the program and the library.
    run('npm', ['run', '--silent', 'build:types'], ROOT);
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
    tarball = join(directory, run('npm', pack, ROOT).trim());
    project = join(directory, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
    const options = ['--omit=dev', '--ignore-scripts', '--offline', ...QUIET];
    run('npm', ['install', ...options, tarball], project);
    installed = join(project, 'node_modules/tsmap');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('needs no other package', () => {
    const names = readdirSync(join(project, 'node_modules'));
    expect(names.filter((name) => !name.startsWith('.'))).toEqual(['tsmap']);
  });

  test('contains only the program, the library, the documents, schemas and licences', () => {
    const folders = ['dist/program/', 'dist/types/', 'src/format/machine/schemas/'];
    const others = filesIn(installed).filter(
      (file) => !folders.some((folder) => file.startsWith(folder)),
    );
    expect(others).toEqual([
      'LICENSE',
      'README.md',
      'bin/tsmap.cjs',
      'dist/THIRD-PARTY-LICENSES.txt',
      'dist/index.js',
      'docs/kinds.md',
      'docs/library.md',
      'docs/performance.md',
      'man/tsmap.1',
      'package.json',
    ]);
    expect(filesIn(join(installed, 'dist/program'))).toEqual(filesIn(join(ROOT, 'dist/program')));
  });

  test('contains only the declarations that index.d.ts reaches', () => {
    const types = join(installed, 'dist/types');
    const reached = new Set(['index.d.ts']);
    for (const file of reached) {
      const imports = readFileSync(join(types, file), 'utf8').matchAll(/'(\.[^']*)\.ts'/g);
      for (const [, path] of imports) reached.add(join(dirname(file), `${path}.d.ts`));
    }
    expect(filesIn(types)).toEqual([...reached].sort());
  });

  test('names each package whose code it contains, with its version and licence', () => {
    const text = readFileSync(join(installed, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    const modules = Object.values(BUILT_FILES).flatMap((file) => file.modules);
    const folders = modules.map(
      (module) => /^.*node_modules\/(@[^/]+\/)?[^/]+\//.exec(module)?.[0],
    );
    const found = [...new Set(folders.filter((folder) => folder !== undefined))];
    const titles = found.map((folder) => {
      const source = readFileSync(join(ROOT, folder, 'package.json'), 'utf8');
      const { name, version, license } = JSON.parse(source);
      return `${name} ${version} (${license})`;
    });
    expect(titles.filter((title) => !text.includes(`\n${title}\n---`))).toEqual([]);
    expect(text.match(/^-+$/gm)).toHaveLength(titles.length);
    expect(text.match(/copyright/gi)?.length).toBeGreaterThanOrEqual(titles.length);
    expect(titles).toContainEqual(expect.stringMatching(/^chalk /));
  });

  /** For each verb its arguments, and how its output begins. */
  const RUNS: Readonly<Record<string, readonly [args: readonly string[], begins: RegExp]>> = {
    summary: [[...AT, '1001'], /^1001: {3}\/usr\/bin\/sleep 600\nFigure +KiB Meaning\nrss +1484 /],
    watch: [[...AT, '--count', '1', '1001'], / Command\n.* 1001 +1484 .* sleep\n/],
    record: [[...AT, '--count', '1', '-o', 'one', '1001'], /^$/],
    diff: [[join(ROOT, FIXTURES, '1001/smaps'), join(ROOT, FIXTURES, '1002/smaps')], /^before: /m],
    check: [[...AT, '--max-rss', '1G', '1001'], /^$/],
    completion: [['bash'], /^# Completion of tsmap for bash/],
  };

  test('runs every verb of the registry', () => {
    expect(Object.keys(RUNS)).toEqual(Object.keys(REGISTRY.verbs));
  });

  test.each(Object.entries(RUNS))('runs %s', (verb, [args, begins]) => {
    expect(tsmap(verb, ...args)).toMatch(begins);
    expect(tsmap(verb, '--help')).toContain(`Usage: tsmap ${verb}`);
  });

  test('runs the memory map in each format, and reads what it recorded', () => {
    expect(tsmap(...AT, '-x', '1001')).toMatch(/^1001: {3}\/usr\/bin\/sleep 600\nAddress /);
    expect(tsmap(...AT, '--format', 'csv', '1001')).toMatch(/^pid,/);
    expect(JSON.parse(tsmap(...AT, '--json', '1001'))).toMatchObject({
      processes: [{ pid: 1001 }],
    });
    expect(tsmap(...AT, '--color=always', '1001')).toContain('\x1b[');
    tsmap('record', ...AT, '--count', '1', '-o', 'two.gz', '1001');
    expect(tsmap('summary', '--from', 'two.gz')).toContain('resident');
  });

  test('runs by the name that npm installs, with its manual page', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const prefix = join(directory, 'prefix');
    const options = ['--global', '--prefix', prefix, '--ignore-scripts', '--offline', ...QUIET];
    run('npm', ['install', ...options, tarball], directory);
    expect(run(join(prefix, 'bin/tsmap'), ['--version'], directory)).toBe(`tsmap ${version}\n`);
    const page = join(prefix, 'share/man/man1/tsmap.1');
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, 'utf8')).toBe(readFileSync(join(ROOT, 'man/tsmap.1'), 'utf8'));
  });

  test('is a library for ES modules', () => {
    writeFileSync(
      join(project, 'sum.js'),
      `import { readProcessHead, readSmaps } from 'tsmap';
       const procRoot = ${JSON.stringify(join(ROOT, FIXTURES))};
       let rssKib = 0;
       for (const { fields } of readSmaps(1001, { procRoot })) rssKib += fields.Rss;
       console.log(readProcessHead(1001, { procRoot }).comm, rssKib);`,
    );
    expect(run(process.execPath, ['sum.js'], project)).toBe('sleep 1484\n');
  });

  test('compiles in a strict TypeScript project, without the types of Node', () => {
    writeFileSync(
      join(project, 'sum.ts'),
      `import { type MappingRecord, readSmaps } from 'tsmap';
       const mappings: MappingRecord[] = [...readSmaps(1001, { fields: ['Rss'] })];
       export const rssKib: number = mappings.reduce((sum, { fields }) => sum + Number(fields['Rss']), 0);`,
    );
    const types = ['--typeRoots', join(project, 'none')];
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      ...types,
    ];
    expect(run(join(ROOT, 'node_modules/.bin/tsc'), [...options, 'sum.ts'], project)).toBe('');
  });

  test('has the schemas of its documents', () => {
    writeFileSync(
      join(project, 'schema.cjs'),
      `console.log(require('tsmap/schemas/snapshot.schema.json').type, require('tsmap/package.json').name);`,
    );
    expect(run(process.execPath, ['schema.cjs'], project)).toBe('object tsmap\n');
  });
});
