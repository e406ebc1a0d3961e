import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Installs a package outside the project's dependencies, in a cache directory, and returns the
 * `node_modules` that holds it. No install script runs.
 *
 * For tools of 100 MB that only a release or a long test needs: as devDependencies they would be installed
 * by every `npm ci`, and the lock file would list their packages for a dozen other platforms.
 */
export function installAside(name, version) {
  const directory = resolve('node_modules/.cache/tsmap', `${name.replace('/', '-')}-${version}`);
  mkdirSync(directory, { recursive: true });
  const quiet = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', ...quiet, '--ignore-scripts', '--prefix', directory];
  execFileSync('npm', [...args, `${name}@${version}`], { stdio: ['ignore', 2, 2] });
  return join(directory, 'node_modules');
}

/** The package with the executable for this platform; the package `node` needs an install script. */
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

/** The directory of a `node` of this major version: the running one, or the newest in the registry. */
export function nodeDirectory(version) {
  if (process.versions.node.startsWith(`${version}.`)) return join(process.execPath, '..');
  return join(installAside(NODE_PACKAGE, version), NODE_PACKAGE, 'bin');
}
