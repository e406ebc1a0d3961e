// Builds dist/tsmap: the program and all that it loads in one executable that needs no Node.
//
// Bun compiles the output of `npm run build:program`, lazily loaded modules included, so the same code
// runs as under Node. Measured on two cores, `-x` of a small process over `node -e 0`: 0.58 with
// bytecode, 1.3 without; bundling from the sources instead, or minifying, changes nothing.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installAside } from './install-aside.mjs';

const BUN_VERSION = '1.4.5';
const OUTPUT = 'dist/tsmap';

/** The executable itself; the package's own launcher needs an install script, which does not run. */
function findBun() {
  const packages = join(installAside('bun', BUN_VERSION), '@oven');
  // bun has a package for each platform, and npm installs only the ones for this platform.
  const [platform] = readdirSync(packages);
  if (platform === undefined)
    throw new Error(`bun ${BUN_VERSION} has no package for this platform`);
  return join(packages, platform, 'bin/bun');
}

execFileSync(
  findBun(),
  [
    ...['build', 'bin/tsmap-binary.cjs', '--compile', '--bytecode', '--outfile', OUTPUT],
    // Otherwise a .env or bunfig.toml in the working directory could change what the program does.
    ...['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'],
    // Compiling hot functions early takes 2 ms of 25 for a small process, and gains nothing for a large one.
    '--compile-jit-policy=10',
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
console.log(`${OUTPUT}: ${(statSync(OUTPUT).size / 2 ** 20).toFixed(0)} MiB`);
