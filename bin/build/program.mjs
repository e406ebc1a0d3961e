import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { chunkNames } from './chunks.mjs';
import { lazyRequires } from './lazy-requires.mjs';

const RUNTIME = 'rolldown-runtime.cjs';

/**
 * Builds the program into a directory; returns for each file the modules it contains and the files it
 * requires.
 *
 * The program is CommonJS, because starting from ES modules takes half as long again. It is one graph
 * with shared chunks: each module is in exactly one file, so a class has one identity and `instanceof`
 * works across files that load at different times.
 */
export async function buildProgram(entry, directory, version) {
  const chunks = await chunksOf(entry, version);
  const runtime = chunks.find(({ fileName }) => fileName === RUNTIME);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const others = chunks.filter((chunk) => chunk !== runtime);
  for (const { fileName, code } of others) {
    writeFileSync(join(directory, fileName), ascii(withRuntime(code, fileName, runtime?.code)));
  }
  return Object.fromEntries(others.map((chunk) => [chunk.fileName, description(chunk)]));
}

async function chunksOf(entry, version) {
  const build = await rolldown({
    input: { core: entry },
    platform: 'node',
    transform: { target: 'node20', define: { TSMAP_VERSION: JSON.stringify(version) } },
    // Lets other files require modules that are in the entry's file.
    preserveEntrySignatures: 'allow-extension',
    plugins: [lazyRequires()],
    onLog: failOnWarning,
    // chunks.mjs allows for a module that one part imports statically and another one dynamically.
    checks: { ineffectiveDynamicImport: false },
  });
  let nameOf;
  const name = (id, context) => {
    nameOf ??= chunkNames(resolve(entry), (each) => context.getModuleInfo(each));
    return nameOf(id);
  };
  const { output } = await build.generate({
    format: 'cjs',
    // The launcher reads the files as latin1, which is fastest.
    charset: 'ascii',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    dynamicImportInCjs: false,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    codeSplitting: {
      // The names already cover every module.
      includeDependenciesRecursively: false,
      groups: [{ debugName: 'chunks', name }],
    },
  });
  await build.close();
  return output;
}

/** Log handler of rolldown. A warning, say about an import that does not exist, fails the build. */
export function failOnWarning(level, log, report) {
  report(level === 'warn' ? 'error' : level, log);
}

/** Moves the bundler's helpers, for which it always makes a file, into the core. */
function withRuntime(code, fileName, runtime) {
  const own = `(exports.runtime={},(exports=>{${runtime}})(exports.runtime),exports.runtime)`;
  const helpers = fileName === 'core.cjs' ? own : 'require("./core.cjs").runtime';
  return code.replaceAll(`require("./${RUNTIME}")`, () => helpers);
}

function ascii(code) {
  const [found] = /[^\0-\x7f]/.exec(code) ?? [];
  if (found !== undefined)
    throw new Error(`the program has a character that is not ASCII: ${found}`);
  return code;
}

function description({ moduleIds, imports, dynamicImports }) {
  const isOwn = (file) => file !== RUNTIME;
  return {
    modules: moduleIds.map((id) => relative('.', id)),
    imports: imports.filter(isOwn),
    dynamicImports: dynamicImports.filter(isOwn),
  };
}
