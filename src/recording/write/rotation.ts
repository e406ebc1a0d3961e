import { lstatSync, renameSync } from 'node:fs';

/** The name of the n-th older file, such as `a.tsmap.1` or `a.tsmap.1.gz`. */
function rotatedName(path: string, n: number): string {
  const [suffix = ''] = /\.(gz|zst)$/.exec(path) ?? [];
  return `${path.slice(0, path.length - suffix.length)}.${n}${suffix}`;
}

/**
 * Moves a file out of the way: it becomes `FILE.1`, the previous `FILE.1` becomes `FILE.2` and so
 * on; the highest number is the oldest. No file is overwritten or removed.
 */
export function rotate(path: string): void {
  let free = 1;
  // lstat: a dangling link occupies the name as well.
  while (lstatSync(rotatedName(path, free), { throwIfNoEntry: false })) free++;
  for (let n = free; n > 1; n--) renameSync(rotatedName(path, n - 1), rotatedName(path, n));
  renameSync(path, rotatedName(path, 1));
}
