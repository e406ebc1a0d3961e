#!/usr/bin/env node
// Starts the program from what V8 compiled of it when it was built (see code-cache.cjs), which takes
// 0.8 of the time. What another version of V8 made it refuses, and compiles the program instead.
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const PROGRAM = `${__dirname}/../dist/program`;

function codeCache() {
  try {
    return readFileSync(`${PROGRAM}/tsmap.cache`);
  } catch {
    return undefined;
  }
}

const filename = `${PROGRAM}/tsmap.cjs`;
// Not through require(): that would compile it without the cache. The build sees to it that the
// text is ASCII.
const text = `(function (require) {${readFileSync(filename, 'latin1')}\n})`;
const program = new Script(text, { filename, cachedData: codeCache() }).runInThisContext();
program((id) => require(id.startsWith('.') ? `${PROGRAM}/${id}` : id));
