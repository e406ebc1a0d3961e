import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startProgram } from './processes.ts';
import { inTemporaryDirectory, ROOT, tsmap } from './program.ts';

/** Has Node load a file of test/support/hooks before the program. */
export function withHook(name: string): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--require ${join(ROOT, 'test/support/hooks', name)}` };
}

/**
 * The modules that a run loads: the project's files from ROOT, those of Node as `node:NAME`. DIRECTORY
 * in an argument stands for a temporary directory.
 */
export async function modulesLoadedBy(args: readonly string[]): Promise<string[]> {
  return inTemporaryDirectory(async (directory) => {
    const file = join(directory, 'loaded');
    const env = { ...withHook('loaded-modules.cjs'), LOADED_MODULES_FILE: file };
    const own = args.map((arg) => arg.replace('DIRECTORY', directory));
    const { stderr, status } = await tsmap(own, { env });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const names = readFileSync(file, 'utf8').split('\n');
    return [...new Set(names.map((name) => name.replace(`${ROOT}/`, '')))].sort();
  });
}

/** The most resident memory of a run, in KiB, and the lines it printed. */
export async function peakOf(args: readonly string[]) {
  return inTemporaryDirectory(async (directory) => {
    const file = join(directory, 'peak');
    const env = { ...withHook('peak-memory.cjs'), PEAK_MEMORY_FILE: file };
    const { stdout, status } = await tsmap(args, { env, stdout: 'file' });
    expect(status).toBe(0);
    const lines = stdout.toString().split('\n').length - 1;
    return { kib: Number(readFileSync(file, 'utf8')), lines };
  });
}

/** The same about a process with so many mappings. */
export async function peakMemory(mappings: number, options: readonly string[]) {
  const many = await startProgram('many', mappings);
  const peak = await peakOf([...options, String(many.pid)]);
  await many.end();
  return peak;
}
