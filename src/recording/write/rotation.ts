import { lstatSync, renameSync } from 'node:fs';

/** The name of the n-th older file: `a.tsmap.1`; a suffix that says how it is compressed stays last. */
function rotatedName(path: string, n: number): string {
  const [suffix = ''] = /\.(gz|zst)$/.exec(path) ?? [];
  return `${path.slice(0, path.length - suffix.length)}.${n}${suffix}`;
}

/**
 * Moves a file out of the way: it becomes `FILE.1`, what was that becomes `FILE.2` and so on, the
 * highest being the oldest. Nothing is ever overwritten or removed.
 */
export function rotate(path: string): void {
  let free = 1;
  // A link that leads nowhere is something as well.
  while (lstatSync(rotatedName(path, free), { throwIfNoEntry: false })) free++;
  for (let n = free; n > 1; n--) renameSync(rotatedName(path, n - 1), rotatedName(path, n));
  renameSync(path, rotatedName(path, 1));
}
