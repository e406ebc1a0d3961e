import { readdirSync } from 'node:fs';
import { fileErrorFrom } from '../../model/errors/errno.ts';

/**
 * The ids of all processes, ascending. Threads are not included: /proc does not list them.
 *
 * @throws ProblemError when `root` cannot be listed.
 */
export function listPids(root: string): number[] {
  try {
    return readdirSync(root)
      .filter((name) => /^[1-9][0-9]*$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  } catch (error) {
    throw fileErrorFrom(error, root);
  }
}
