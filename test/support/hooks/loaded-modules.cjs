// Loaded with --require: leaves what the program loaded, and which of Node's own modules that brought
// in, in the file LOADED_MODULES_FILE, a line each and in order. Files of the program are loaded by the
// launcher, which makes a vm.Script of each.
const { writeFileSync } = require('node:fs');
const Module = require('node:module');
const { resolve } = require('node:path');
const vm = require('node:vm');

const load = Module._load;
const loaded = new Set();
const present = new Set(process.moduleLoadList);
Module._load = function (request, parent, ...rest) {
  loaded.add(Module._resolveFilename(request, parent));
  return load.call(this, request, parent, ...rest);
};
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    loaded.add(resolve(options.filename));
  }
};

process.on('exit', () => {
  const brought = process.moduleLoadList
    .filter((entry) => !present.has(entry))
    .map((entry) => /^NativeModule ((?!internal\/).*)$/.exec(entry)?.[1])
    .filter((name) => name !== undefined);
  const lines = new Set([...loaded, ...brought.map((name) => `node:${name}`)]);
  writeFileSync(process.env.LOADED_MODULES_FILE, [...lines].join('\n'));
});
