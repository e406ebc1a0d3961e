// Leaves beside the program what V8 compiled of it in a run of the most frequent kind. Functions that
// such a run does not call are not in it: a cache of all of them takes longer to load than it saves.
const { writeFileSync } = require('node:fs');
const vm = require('node:vm');

const ROOT = `${__dirname}/..`;

// The launcher itself makes the script: V8 takes a cache only for the very same text.
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    process.on('exit', () => {
      writeFileSync(`${ROOT}/dist/program/tsmap.cache`, this.createCachedData());
    });
  }
};
process.argv.splice(1, Infinity, 'tsmap', '-x', '--proc-root', `${ROOT}/fixtures/proc`, '1001');
require('./tsmap.cjs');
