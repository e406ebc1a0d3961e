// Runs the test suite under each Node that the program supports: npm run test:matrix [-- VERSION...]
//
// The tests start the program with the Node that runs them or, through a link, with the first one on
// PATH; both are the Node of the row.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { nodeDirectory } from './install-aside.mjs';

const VERSIONS = ['20', '22', '24', '26'];

/** Runs all tests under a Node, which prints failures, and returns the numbers of vitest. */
function runUnder(bin, report) {
  const arguments_ = ['run', '--config', 'test/vitest.config.ts', '--reporter=dot'];
  const reporter = ['--reporter=json', `--outputFile.json=${report}`];
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const vitest = 'node_modules/vitest/vitest.mjs';
  spawnSync(join(bin, 'node'), [vitest, ...arguments_, ...reporter], { env, stdio: 'inherit' });
  return JSON.parse(readFileSync(report, 'utf8'));
}

const asked = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'tsmap-matrix-'));
const lines = [];
for (const version of asked.length > 0 ? asked : VERSIONS) {
  const bin = nodeDirectory(version);
  const exact = execFileSync(join(bin, 'node'), ['-v'], { encoding: 'utf8' }).trim();
  console.log(`== Node ${exact}`);
  const result = runUnder(bin, join(directory, `${version}.json`));
  const { numPassedTests, numFailedTests, numPendingTests, success } = result;
  if (!success) process.exitCode = 1;
  const counts = `${numPassedTests} passed, ${numFailedTests} failed`;
  lines.push(`Node ${exact}: ${counts} (${numPendingTests} skipped)${success ? '' : ' FAILED'}`);
}
rmSync(directory, { recursive: true });
console.log(lines.join('\n'));
