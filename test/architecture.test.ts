import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderProblems, unknownFiles } from './support/folder-rules.ts';
import { importsOf, problemsIn, type Sources } from './support/import-rules.ts';

function filesOfProject(ending: RegExp): Sources {
  const root = new URL('../src', import.meta.url).pathname;
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => ending.test(path));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

describe('src/', () => {
  const sources = filesOfProject(/\.ts$/);
  const readmes = filesOfProject(/(^|\/)README\.md$/);

  test('has no import against the arrows, no cycle, no file that is too long', () => {
    expect(problemsIn(sources)).toEqual([]);
  });

  test('says in each folder what belongs in it, and has at most 15 files side by side', () => {
    expect(folderProblems({ ...sources, ...readmes })).toEqual([]);
  });

  test('has a map that names no file that does not exist', () => {
    expect(readmes['README.md']).toMatch(/^# src\n/);
    expect(unknownFiles(readmes['README.md'] ?? '', sources)).toEqual([]);
  });

  test('was found and walked', () => {
    expect(importsOf(sources['main.ts'] ?? '')).toEqual(['./run/dispatch.ts']);
    expect(importsOf(sources['cli/output/stdout.ts'] ?? '')).toContain(
      '../../terminal/chalk-style.ts',
    );
    expect(Object.keys(sources).length).toBeGreaterThan(35);
  });
});

describe('the check finds', () => {
  const leaf = 'export const leaf = 1;\n';
  test.each<[string, Sources, string]>([
    [
      'an import against the arrows',
      { 'model/a.ts': "import { b } from '../proc/b.ts';\n", 'proc/b.ts': leaf },
      'model/a.ts imports ../proc/b.ts: an arrow from model to proc',
    ],
    [
      'an import only for a type',
      { 'proc/a.ts': "import type {\n  B,\n} from '../columns/b.ts';\n", 'columns/b.ts': leaf },
      'proc/a.ts imports ../columns/b.ts: an arrow from proc to columns',
    ],
    [
      'an import in a type',
      { 'proc/a.ts': "type B = import('../format/b.ts').B;\n", 'format/b.ts': leaf },
      'proc/a.ts imports ../format/b.ts: an arrow from proc to format',
    ],
    [
      'a verb that another verb imports',
      { 'verbs/a/a.ts': "import { b } from '../b/b.ts';\n", 'verbs/b/b.ts': leaf },
      'verbs/a/a.ts imports ../b/b.ts: a verb must not import another verb',
    ],
    [
      'a dynamic import',
      { 'format/a.ts': "const b = await import(\n  '../cli/b.ts'\n);\n", 'cli/b.ts': leaf },
      'format/a.ts imports ../cli/b.ts: an arrow from format to cli',
    ],
    [
      'an export from another file',
      { 'aggregate/a.ts': "export * from '../proc/b.ts';\n", 'proc/b.ts': leaf },
      'aggregate/a.ts imports ../proc/b.ts: an arrow from aggregate to proc',
    ],
    [
      'an import for its effect',
      { 'index.ts': "import './cli/b.ts';\n", 'cli/b.ts': leaf },
      'index.ts imports ./cli/b.ts: an arrow from index to cli',
    ],
    [
      'an import of a computed name',
      { 'cli/a.ts': 'await import(name);\n' },
      'cli/a.ts imports ?: what it loads must be written out',
    ],
    [
      'a file that is not there',
      { 'cli/a.ts': "import './b.ts';\n" },
      'cli/a.ts imports ./b.ts: there is no such file',
    ],
    ['an unknown part', { 'util/a.ts': leaf }, 'util/a.ts: no part of src/ is called util'],
    [
      'the file system',
      { 'format/a.ts': "import { writeSync } from 'node:fs';\n" },
      'format/a.ts imports node:fs: only proc, recording, cli/output read files',
    ],
    [
      'the file system with promises',
      { 'columns/a.ts': "import x from 'fs/promises';\n" },
      'columns/a.ts imports fs/promises: only proc, recording, cli/output read files',
    ],
    [
      'the global process',
      { 'proc/a.ts': 'if (process.env.X) run();\n' },
      'proc/a.ts uses process',
    ],
    [
      'process under another name',
      { 'proc/a.ts': "import p from 'node:process';\n" },
      'proc/a.ts imports node:process: the global process is used without an import',
    ],
    [
      'a cycle',
      {
        'model/a.ts': "import './b.ts';\n",
        'model/b.ts': "import './c.ts';\n",
        'model/c.ts': "import './a.ts';\n",
      },
      'model/a.ts -> model/b.ts -> model/c.ts -> model/a.ts',
    ],
    ['a file of 251 lines', { 'model/a.ts': '\n'.repeat(251) }, 'model/a.ts has 251 lines'],
  ])('%s', (_, sources, problem) => {
    expect(problemsIn(sources)).toEqual([problem]);
  });

  test.each<[string, Sources, string[]]>([
    [
      'a folder that does not say what belongs in it',
      { 'model/a.ts': leaf },
      ['model has no README.md that says what belongs in it'],
    ],
    [
      'a README of another folder, and of files that are gone',
      {
        'model/units/a.ts': leaf,
        'model/units/README.md': '# model\n\nStart with `a.ts`, then `units/b.ts` and `NAME.ts`.\n',
      },
      [
        'model/units/README.md does not begin with # model/units',
        'model/units/README.md names units/b.ts: there is no such file',
      ],
    ],
    [
      'more than 15 files side by side',
      {
        'model/README.md': '# model\n\nStart with `a1.ts`.\n',
        ...Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`model/a${i}.ts`, leaf])),
      },
      ['model has 16 files side by side'],
    ],
  ])('%s', (_, sources, problems) => {
    expect(folderProblems(sources)).toEqual(problems);
  });

  test('the global process in a template', () => {
    const source = ['const a = `pid $', '{process.pid}`;\n'].join('');
    expect(problemsIn({ 'proc/a.ts': source })).toEqual(['proc/a.ts uses process']);
  });

  test('nothing in comments, in texts, and in members that look alike', () => {
    const source = [
      "/** import { x } from '../cli/b.ts'; process.exit() */",
      "// import '../cli/b.ts'",
      "const text = 'process.env'; const more = `the process`;",
      'const shape = { process: 1 }; shape.process = 2;',
      "import { sep } from 'node:path';",
    ].join('\n');
    expect(problemsIn({ 'model/a.ts': source, 'cli/b.ts': leaf })).toEqual([]);
  });
});
