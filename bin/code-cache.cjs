// Writes V8's code cache beside files of the program, from a typical run of each. Functions that
// the run does not call are left out: a cache of all functions takes longer to load than it saves.
// The launcher uses any cache that it finds, so other files may be added here.
const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const { basename } = require('node:path');
const vm = require('node:vm');

const ROOT = `${__dirname}/..`;
/** The files that get a cache, and the run that fills it. */
const RUNS = { 'core.cjs': ['-x'], 'shared.cjs': ['summary'] };

function writeCacheAtExit(file) {
  // The launcher itself makes the script: V8 takes a cache only for the very same text.
  vm.Script = class extends vm.Script {
    constructor(text, options) {
      super(text, options);
      if (basename(options.filename) !== file) return;
      process.on('exit', () => writeFileSync(`${options.filename}.cache`, this.createCachedData()));
    }
  };
  const args = [...RUNS[file], '--proc-root', `${ROOT}/fixtures/proc`, '1001'];
  process.argv.splice(1, Infinity, 'tsmap', ...args);
  require('./tsmap.cjs');
}

const [file] = process.argv.slice(2);
if (file !== undefined) writeCacheAtExit(file);
else {
  for (const each of Object.keys(RUNS)) {
    execFileSync(process.execPath, [__filename, each], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
