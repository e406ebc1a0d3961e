// The entry of the executable of `npm run build:binary`. Bun replaces the path by which the program was
// called with a name of its own, but the path is needed to see whether it was called as `pmap`.
process.argv[1] = process.argv0;
require('../dist/program/core.cjs').main();
