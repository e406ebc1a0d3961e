// Loaded with --require: leaves in the file CODE_CACHE_FILE whether V8 refused the program's code cache.
const { writeFileSync } = require('node:fs');
const vm = require('node:vm');

vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    writeFileSync(process.env.CODE_CACHE_FILE, String(this.cachedDataRejected));
  }
};
