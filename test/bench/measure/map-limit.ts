import { readFileSync, writeFileSync } from 'node:fs';
import type { Undo } from '../undo.ts';

const LIMIT = '/proc/sys/vm/max_map_count';
/** Mappings that `many` needs for itself, with room to spare. */
const OWN_MAPPINGS = 64;

/**
 * Raises the system's limit of mappings per process if it is too low and may be changed, until
 * `undo`. Returns how many mappings a process of test/programs/many.c may have.
 */
export function raiseMapLimit(wanted: number, undo: Undo): number {
  const before = readFileSync(LIMIT, 'utf8').trim();
  const needed = wanted + OWN_MAPPINGS;
  if (Number(before) >= needed) return Number(before) - OWN_MAPPINGS;
  try {
    writeFileSync(LIMIT, String(needed));
  } catch {
    return Number(before) - OWN_MAPPINGS;
  }
  undo.add(() => writeFileSync(LIMIT, before));
  return wanted;
}
