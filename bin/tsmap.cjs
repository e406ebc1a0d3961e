#!/usr/bin/env node
// Starts the program from V8's code cache, made when it was built (see code-cache.cjs), which takes 0.8 of
// the time. V8 refuses a cache of another version, and compiles the program instead.
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const PROGRAM = `${__dirname}/../dist/program`;
/** Exports of the program's files that are loaded, by file name. */
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
