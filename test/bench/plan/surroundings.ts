import { cpSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Jobs } from '../measure/jobs.ts';

/** A Node executable. */
export interface NodeProgram {
  readonly path: string;
  /** For example `Node 22.12.0`. */
  readonly version: string;
  /** A copy of tsmap with the code cache of that Node's V8. */
  readonly program: string;
}

/** What the bench finds around it. */
export interface Surroundings {
  /** The directory that holds package.json. */
  readonly root: string;
  /** The Node that runs the bench and, by default, tsmap. */
  readonly node: string;
  /** The self-contained executable; undefined if it is not built. */
  readonly binary: { readonly path: string; readonly bytes: number } | undefined;
  /** Other Nodes to start it with. */
  readonly nodes: readonly NodeProgram[];
}

/**
 * Finds out what is there, and makes in `directory` what other Nodes need.
 *
 * @throws Error if one of the paths is not a Node.
 */
export async function lookAround(
  jobs: Jobs,
  { root, directory }: { readonly root: string; readonly directory: string },
  nodePaths: readonly string[],
): Promise<Surroundings> {
  const nodes: NodeProgram[] = [];
  for (const path of nodePaths) {
    const version = await versionOf(jobs, path);
    const copy = join(directory, version);
    nodes.push({ path, version, program: await buildWith(jobs, { path, root, copy }) });
  }
  return { root, node: process.execPath, binary: binaryIn(root), nodes };
}

async function versionOf(jobs: Jobs, path: string): Promise<string> {
  const { status, text } = await jobs.run([path, '-p', 'process.versions.node']);
  if (status !== 0) throw new Error(`--node ${path}: not a Node executable`);
  return `Node ${text.trim()}`;
}

/** Copies the program and lets another Node make its code cache, as its build does. */
async function buildWith(
  jobs: Jobs,
  { path, root, copy }: { readonly path: string; readonly root: string; readonly copy: string },
): Promise<string> {
  mkdirSync(join(copy, 'dist'), { recursive: true });
  for (const part of ['bin', 'dist/program']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'fixtures'), join(copy, 'fixtures'));
  const { status, stderr } = await jobs.run([path, join(copy, 'bin/code-cache.cjs')]);
  if (status !== 0) throw new Error(`--node ${path}: no code cache: ${stderr.trim()}`);
  return join(copy, 'bin/tsmap.cjs');
}

function binaryIn(root: string): Surroundings['binary'] {
  const path = join(root, 'dist/tsmap');
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? { path, bytes: found.size } : undefined;
}
