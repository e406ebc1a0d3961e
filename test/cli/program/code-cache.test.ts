import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withHook } from '../../support/hooked-runs.ts';
import {
  FIXTURES,
  inTemporaryDirectory,
  onlyUnderNode,
  ROOT,
  tsmap,
} from '../../support/program.ts';

const ARGS = ['-x', '--proc-root', FIXTURES, '1001'];

/** Runs a copy of the program whose code cache was changed; returns whether V8 refused it. */
async function runWith(change: (cache: string) => void) {
  return inTemporaryDirectory(async (directory) => {
    for (const part of ['bin', 'dist/program']) {
      cpSync(join(ROOT, part), join(directory, part), { recursive: true });
    }
    // The program may have been built with another Node than the one that runs it here.
    symlinkSync(join(ROOT, 'fixtures'), join(directory, 'fixtures'));
    execFileSync(process.execPath, [join(directory, 'bin/code-cache.cjs')]);
    change(join(directory, 'dist/program/core.cjs.cache'));
    const said = join(directory, 'said');
    const env = { ...withHook('code-cache.cjs'), CODE_CACHE_FILE: said };
    const result = await tsmap(ARGS, { env, program: join(directory, 'bin/tsmap.cjs') });
    return { ...result, rejected: readFileSync(said, 'utf8') };
  });
}

/** Makes it look as if another version of V8 had made it; its mark is in bytes 4 to 7. */
function withOtherVersion(path: string): void {
  const cache = readFileSync(path);
  cache.writeUInt32LE(~cache.readUInt32LE(4) >>> 0, 4);
  writeFileSync(path, cache);
}

const hasCache = onlyUnderNode('the code cache', 'the executable has none');

describe.runIf(hasCache)('the code cache', () => {
  test.each<[string, (cache: string) => void, string]>([
    ['of the same Node is taken', () => {}, 'false'],
    ['of another version of V8 is refused', withOtherVersion, 'true'],
    ['that ends early is refused', (path) => writeFileSync(path, 'short'), 'true'],
    ['may be missing', (path) => rmSync(path), 'undefined'],
  ])('%s, and the output is the same', async (_, change, rejected) => {
    const plain = await tsmap(ARGS);
    const run = await runWith(change);
    expect(run).toEqual({ ...plain, rejected });
    expect(run.stdout.length).toBeGreaterThan(1000);
  });
});
