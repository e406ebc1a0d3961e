import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Jobs } from './jobs.ts';

/** A Node executable. */
export interface NodeProgram {
  readonly path: string;
  /** e.g. `Node 22.12.0` */
  readonly version: string;
}

/** What the contestants are made from. */
export interface Surroundings {
  /** The directory that holds package.json. */
  readonly root: string;
  /** The Node that runs the bench and, where nothing else is said, tsmap. */
  readonly node: string;
  /** The self-contained executable; undefined where it is not built. */
  readonly binary: { readonly path: string; readonly bytes: number } | undefined;
  /** Other Nodes to start it with. */
  readonly nodes: readonly NodeProgram[];
}

/**
 * Looks at what is there.
 *
 * @throws Error when one of the paths is no Node.
 */
export async function lookAround(
  jobs: Jobs,
  root: string,
  nodePaths: readonly string[],
): Promise<Surroundings> {
  const nodes: NodeProgram[] = [];
  for (const path of nodePaths) nodes.push(await nodeAt(jobs, path));
  return { root, node: process.execPath, binary: binaryIn(root), nodes };
}

async function nodeAt(jobs: Jobs, path: string): Promise<NodeProgram> {
  const { status, text } = await jobs.run([path, '-p', 'process.versions.node']);
  if (status !== 0) throw new Error(`--node ${path}: this is no Node`);
  return { path, version: `Node ${text.trim()}` };
}

function binaryIn(root: string): Surroundings['binary'] {
  const path = join(root, 'dist/tsmap');
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? { path, bytes: found.size } : undefined;
}
