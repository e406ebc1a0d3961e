// Where the executable of `npm run build:binary` begins. Bun puts a name of its own in the place of the
// path that the program was called by, which says whether it was called `pmap`.
process.argv[1] = process.argv0;
require('../dist/program/core.cjs').main();
