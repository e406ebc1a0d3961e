// Builds the program and the library into dist/.
//
// The program is one CommonJS file (a start from ES modules takes half as long again), and beside it
// one for each module that the code imports dynamically: what a run does not use is not even parsed.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const common = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' };

/** Leaves dynamic imports of our own modules out of the bundle and says which there were. */
function lazyModules(found) {
  return {
    name: 'lazy-modules',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^\.\.?\// }, async ({ path, kind, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const resolved = await esbuild.resolve(path, { kind: 'import-statement', resolveDir });
        const name = basename(path, '.ts');
        if ((found.get(name) ?? resolved.path) !== resolved.path) {
          return { errors: [{ text: `two lazy modules are called ${name}` }] };
        }
        found.set(name, resolved.path);
        return { path: `./${name}.cjs`, external: true };
      });
    },
  };
}

/** What each bundle was made of, for the test that watches what a start has to load. */
const bundles = {};

// V8 tells by the length of a program whether a cache is of that program: none may outlive its own.
rmSync('dist/program/tsmap.cache', { force: true });

const program = new Map([['tsmap', resolve('src/main.ts')]]);
for (const [name, entry] of program) {
  const { metafile } = await build({
    ...common,
    metafile: true,
    entryPoints: [entry],
    outfile: `dist/program/${name}.cjs`,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    minifySyntax: true,
    minifyWhitespace: true,
    define: { TSMAP_VERSION: JSON.stringify(version) },
    plugins: [lazyModules(program)],
  });
  const [{ inputs, imports }] = Object.values(metafile.outputs);
  bundles[name] = { inputs: Object.keys(inputs), imports: imports.map(({ path }) => path) };
}
writeFileSync('dist/bundles.json', JSON.stringify(bundles, null, 2));

execFileSync(process.execPath, ['bin/code-cache.cjs'], { stdio: ['ignore', 'ignore', 'inherit'] });

await build({ ...common, entryPoints: ['src/index.ts'], outfile: 'dist/index.js', format: 'esm' });
