// Builds dist/tsmap: the program and all that it loads in one executable that needs no Node.
//
// Bun compiles it from what `npm run build:program` made, lazy modules and all, so what runs is what
// runs under Node. Measured on two cores, `-x` of a small process over `node -e 0`: 0.58 with
// bytecode, 1.3 without; bundling from the sources instead, or minifying, changes nothing.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installAside } from './install-aside.mjs';

const BUN_VERSION = '1.4.5';
const OUTPUT = 'dist/tsmap';

/** The executable itself; the package's own launcher wants an install script to have run. */
function findBun() {
  const packages = join(installAside('bun', BUN_VERSION), '@oven');
  // npm installs, of the packages that bun names for each platform, those that fit this one.
  const [platform] = readdirSync(packages);
  if (platform === undefined)
    throw new Error(`bun ${BUN_VERSION} has no package for this platform`);
  return join(packages, platform, 'bin/bun');
}

execFileSync(
  findBun(),
  [
    ...['build', 'bin/tsmap-binary.cjs', '--compile', '--bytecode', '--outfile', OUTPUT],
    // Else a .env or a bunfig.toml in the directory where it is called could say what it does.
    ...['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'],
    // A small process is done before compiling hot functions pays (2 ms of 25), a large one is not slower.
    '--compile-jit-policy=10',
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
console.log(`${OUTPUT}: ${(statSync(OUTPUT).size / 2 ** 20).toFixed(0)} MiB`);
