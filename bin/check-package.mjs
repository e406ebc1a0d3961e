// Checks the package as npm packs it, after `npm run build`: publint checks package.json and the
// files that it names, attw resolves the types as TypeScript does in each mode. The package has
// only ES modules.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installAside } from './install-aside.mjs';

const PUBLINT_VERSION = '0.3.25';
/** Installs 56 packages, including a TypeScript of its own. */
const ATTW_VERSION = '0.18.5';

/** Runs a command of a package that is installed aside. @throws Error if the command fails. */
function check(name, version, command, args) {
  const program = join(installAside(name, version), '.bin', command);
  execFileSync(process.execPath, [program, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}

const directory = mkdtempSync(join(tmpdir(), 'tsmap-package-'));
try {
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
  const tarball = join(directory, execFileSync('npm', pack, { encoding: 'utf8' }).trim());
  check('publint', PUBLINT_VERSION, 'publint', ['run', tarball, '--strict']);
  const attw = [tarball, '--profile', 'esm-only', '--no-emoji'];
  check('@arethetypeswrong/cli', ATTW_VERSION, 'attw', attw);
} finally {
  rmSync(directory, { recursive: true });
}
