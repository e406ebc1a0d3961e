// Builds the program and the library into dist/.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'rolldown';
import { licensesOf } from './build/licenses.mjs';
import { buildProgram, failOnWarning } from './build/program.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const chunks = await buildProgram('src/main.ts', 'dist/program', version);
// For the tests that check what each file contains.
writeFileSync('dist/chunks.json', JSON.stringify(chunks, null, 2));
const modules = Object.values(chunks).flatMap((chunk) => chunk.modules);
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licensesOf(modules));
execFileSync(process.execPath, ['bin/code-cache.cjs'], { stdio: ['ignore', 'ignore', 'inherit'] });

await build({
  input: 'src/index.ts',
  platform: 'node',
  transform: { target: 'node20' },
  onLog: failOnWarning,
  output: { file: 'dist/index.js', format: 'esm' },
});
