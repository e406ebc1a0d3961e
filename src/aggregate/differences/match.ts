import { type Pair, type Part, shownPart } from '../../model/difference.ts';
import { type Mapping, sizeBytes } from '../../model/mapping.ts';
import { Matching } from './matching.ts';

/**
 * Matches the mappings of a process with its earlier mappings; both lists are in the order of
 * addresses. A mapping is matched with at most one other, by the first of these rules that fits:
 *
 * 1. The same start address: it stayed, and may have grown or shrunk at its end.
 * 2. The same end: it grew at its beginning, as a stack does, or part of it was unmapped.
 * 3. Overlapping addresses: the kernel merged it with a neighbour or split it; the largest overlap
 *    first.
 * 4. The same start address with other permissions (mprotect).
 * 5. Another address, in the order of addresses: the same part of the same file with the same
 *    permissions, or the same name given by the kernel (`[heap]`, `[stack]`).
 *
 * Rules 1 to 4 require the same file (device, inode, name, and the same part at these addresses), or
 * the same name for memory without a file; rules 1 to 3 also the same permissions.
 *
 * Between two processes (`isSameProcess` is false) addresses mean nothing: see matchProcesses.
 *
 * Takes O(n log n).
 */
export function matchMappings(
  before: readonly Part[],
  after: readonly Part[],
  { isSameProcess }: { readonly isSameProcess: boolean },
): Pair[] {
  const matching = new Matching(before, after);
  if (isSameProcess) matchAddresses(matching);
  else matchProcesses(matching);
  return matching.pairs().sort((a, b) => placeOf(a) - placeOf(b));
}

function placeOf(pair: Pair): number {
  return shownPart(pair).mapping.start;
}

/** Matches groups that have the same key. */
export function matchGroups(
  before: readonly Part[],
  after: readonly Part[],
  keyOf: (part: Part) => string,
): Pair[] {
  const matching = new Matching(before, after);
  matching.joinByKey(keyOf);
  return matching.pairs();
}

function matchAddresses(matching: Matching): void {
  const isAlike = (before: Mapping, after: Mapping) =>
    before.perms === after.perms && isSameMemory(before, after);
  matching.joinByAddress(({ start }) => start, isAlike);
  matching.joinByAddress(({ end }) => end, isAlike);
  matching.joinByOverlap(isAlike);
  matching.joinByAddress(({ start }) => start, isSameMemory);
  matching.joinByKey(({ mapping }) => {
    if (hasFile(mapping)) return fileKey(mapping);
    return isKernelName(mapping) ? mapping.name : undefined;
  });
}

/**
 * Matches the mappings of two processes, in the order of addresses: first the same part of the same
 * file, then the same name given by the kernel (`[heap]`, `[stack]`), then the same owner with the same
 * permissions (another version of a library, its bss). Memory without a name must also have the same
 * size.
 */
function matchProcesses(matching: Matching): void {
  matching.joinByKey(({ mapping }) => (hasFile(mapping) ? fileKey(mapping) : undefined));
  matching.joinByKey(({ mapping }) => (isKernelName(mapping) ? mapping.name : undefined));
  matching.joinByKey(({ mapping, owner }) => {
    const size = mapping.name === '' && owner === '[anon]' ? sizeBytes(mapping) : 0;
    return `${mapping.perms} ${size} ${owner}`;
  });
}

/** Whether two mappings of a process that share addresses hold the same memory there. */
function isSameMemory(before: Mapping, after: Mapping): boolean {
  return (
    before.name === after.name &&
    before.inode === after.inode &&
    before.deviceMajor === after.deviceMajor &&
    before.deviceMinor === after.deviceMinor &&
    (!hasFile(before) || after.offset - before.offset === after.start - before.start)
  );
}

function hasFile({ inode }: Mapping): boolean {
  return inode !== '0';
}

/** Whether the kernel chose the name; many mappings can have one that a program gave (`[anon:...]`). */
function isKernelName({ name }: Mapping): boolean {
  return name.startsWith('[') && !name.startsWith('[anon');
}

function fileKey({ deviceMajor, deviceMinor, inode, offset, perms, name }: Mapping): string {
  return `${deviceMajor}:${deviceMinor} ${inode} ${offset} ${perms} ${name}`;
}
