#!/usr/bin/env node
// Starts the program from V8's code cache, made by the build (see code-cache.cjs), in 0.8 of the time. If
// the cache is from another version, V8 rejects it and compiles the program instead.
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const PROGRAM = `${__dirname}/../dist/program`;
/** Exports of the files loaded so far, by file name. */
const loaded = new Map();

/** Loads a file of the program once; Node's require() would not use the cache. */
function load(name) {
  const before = loaded.get(name);
  if (before !== undefined) return before;
  const exports = {};
  loaded.set(name, exports);
  const filename = `${PROGRAM}/${name}`;
  // The build ensures that the text is ASCII.
  const text = `(function (exports, require) {${readFileSync(filename, 'latin1')}\n})`;
  const script = new Script(text, { filename, cachedData: codeCache(filename) });
  script.runInThisContext()(exports, requireFrom);
  return exports;
}

function requireFrom(id) {
  return id.startsWith('./') ? load(id.slice(2)) : require(id);
}

function codeCache(filename) {
  try {
    return readFileSync(`${filename}.cache`);
  } catch {
    return undefined;
  }
}

load('core.cjs').main();
