import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './program.ts';

/** Contents of a file of dist/program, as the build writes them to dist/chunks.json. */
export interface BuiltFile {
  /** Source files and files of packages, from ROOT. */
  readonly modules: readonly string[];
  /** Files of dist/program and modules of Node that it requires; packages load at their first use. */
  readonly imports: readonly string[];
  /** Files that it may load with a dynamic import. */
  readonly dynamicImports: readonly string[];
}

/** The files of dist/program by their names. */
export const BUILT_FILES: Readonly<Record<string, BuiltFile>> = JSON.parse(
  readFileSync(join(ROOT, 'dist/chunks.json'), 'utf8'),
);

/** The packages whose code is in a file of dist/program. */
export function packagesIn(file: string): string[] {
  const names = BUILT_FILES[file]?.modules.map((module) => packageOf(module));
  return [...new Set(names?.filter((name) => name !== undefined))].sort();
}

/** The package, as package.json would name it, that a module belongs to. */
export function packageOf(module: string): string | undefined {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1];
}
