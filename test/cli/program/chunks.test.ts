import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REGISTRY } from '../../../src/run/registry.ts';
import { BUILT_FILES, packageOf, packagesIn } from '../../support/built-files.ts';
import { ROOT } from '../../support/program.ts';

const FILES = Object.entries(BUILT_FILES);

/** A file of dist/program and all files that it requires, directly or not. */
function closureOf(file: string): string[] {
  const met = new Set([file]);
  // A loop over a set also visits what is added meanwhile.
  for (const each of met) {
    for (const name of BUILT_FILES[each]?.imports ?? []) if (name in BUILT_FILES) met.add(name);
  }
  return [...met];
}

describe('the files of dist/program', () => {
  test('are the ones listed in chunks.json, and two code caches', () => {
    const caches = ['core.cjs.cache', 'shared.cjs.cache'];
    expect(readdirSync(join(ROOT, 'dist/program')).sort()).toEqual(
      [...Object.keys(BUILT_FILES), ...caches].sort(),
    );
  });

  test('contain each module once, so that instanceof works across files', () => {
    const modules = FILES.flatMap(([, { modules }]) => modules);
    const twice = modules.filter((module, i) => modules.indexOf(module) !== i);
    expect(twice).toEqual([]);
    expect(modules).toContain('src/model/errors/usage-error.ts');
  });

  test('are ASCII, because the launcher reads latin1', () => {
    const other = Object.keys(BUILT_FILES).filter((name) =>
      /[^\0-\x7f]/.test(readFileSync(join(ROOT, 'dist/program', name), 'latin1')),
    );
    expect(other).toEqual([]);
  });

  test.each(Object.keys(BUILT_FILES))('%s requires nothing in a circle', (name) => {
    const required = BUILT_FILES[name]?.imports ?? [];
    expect(required.filter((file) => closureOf(file).includes(name))).toEqual([]);
  });
});

describe('the core', () => {
  test('contains what every run needs, and needs no other file', () => {
    const { modules = [], imports } = BUILT_FILES['core.cjs'] ?? {};
    expect(modules).toEqual(expect.arrayContaining(['src/main.ts', 'src/run/dispatch.ts']));
    expect(imports).toEqual(['node:fs']);
  });

  test('has no code of verbs other than the map, of help, or of formats other than text', () => {
    const other =
      /^src\/(verbs\/(?!map)|cli\/help|cli\/options\/columns-help|recording\/(?!read\/position)|format\/(machine\/(?!formats)|table))/;
    expect(BUILT_FILES['core.cjs']?.modules.filter((file) => other.test(file))).toEqual([]);
    expect(BUILT_FILES['shared.cjs']?.modules.filter((file) => other.test(file))).not.toEqual([]);
  });
});

describe('a verb', () => {
  test.each(Object.keys(REGISTRY.verbs))(
    '%s has a file of its own, with no code of another verb',
    (verb) => {
      const folder = new RegExp(`^src/verbs/${verb}/`);
      const { modules = [] } = BUILT_FILES[`${verb}.cjs`] ?? {};
      const verbs = modules.filter((module) => module.startsWith('src/verbs/'));
      expect(verbs.filter((module) => !folder.test(module))).toEqual([]);
      expect(verbs).not.toEqual([]);
    },
  );

  test.each(Object.keys(REGISTRY.verbs))(
    '%s requires no file but the core and the shared one',
    (verb) => {
      const own = closureOf(`${verb}.cjs`).filter((file) => packagesIn(file).length === 0);
      expect(own).toEqual(expect.arrayContaining(['core.cjs', `${verb}.cjs`]));
      const allowed = new Set(['core.cjs', 'shared.cjs', `${verb}.cjs`]);
      expect(own.filter((file) => !allowed.has(file))).toEqual([]);
    },
  );
});

describe('a package', () => {
  test.each([
    { name: 'chalk' },
    { name: 'cli-table3' },
    { name: 'commander' },
    { name: 'minizlib' },
    { name: 'string-width' },
  ])('$name is in a file of its own, with what it depends on', ({ name }) => {
    const { modules = [] } = BUILT_FILES[`${name}.cjs`] ?? {};
    expect(packagesIn(`${name}.cjs`)).toContain(name);
    expect(modules.filter((module) => packageOf(module) === undefined)).toEqual([]);
  });

  test('is in no other file', () => {
    const files = FILES.filter(([name]) => packagesIn(name).length > 0).map(([name]) => name);
    expect(files.sort()).toEqual([
      'chalk.cjs',
      'cli-table3.cjs',
      'commander.cjs',
      'minizlib.cjs',
      'string-width.cjs',
    ]);
  });
});
