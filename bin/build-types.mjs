// Writes the declarations of the library to dist/types. TypeScript writes one for each file that the code
// imports; the ones that index.d.ts does not reach are removed.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const TYPES = 'dist/types';
const IMPORT = /(?:\bfrom|\bimport\()\s*['"](\..*?)\.ts['"]/g;

rmSync(TYPES, { recursive: true, force: true });
execFileSync('node_modules/.bin/tsc', ['-p', 'bin/build/tsconfig.json'], { stdio: 'inherit' });

const reached = new Set([join(TYPES, 'index.d.ts')]);
// The loop also visits files that it adds.
for (const file of reached) {
  for (const [, path] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    reached.add(join(dirname(file), `${path}.d.ts`));
  }
}
for (const each of readdirSync(TYPES, { recursive: true })) {
  const file = join(TYPES, each);
  if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
}
