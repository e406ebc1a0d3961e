import { type Pair, type Part, shownPart } from '../../model/difference.ts';
import { type Mapping, sizeBytes } from '../../model/mapping.ts';
import { Matching } from './matching.ts';

/**
 * Matches the mappings of a process, both sides in the order of their addresses, with those that it
 * had before. Each is matched with one at most; the first rule that fits counts:
 *
 * 1. the same first address: it stayed, and may have become longer or shorter at its end;
 * 2. the same end: it was extended at its beginning, as a stack is, or a part of it was unmapped;
 * 3. addresses in common: the kernel merged it with a neighbour, or cut it; of several the one with
 *    most in common;
 * 4. the same first address with other permissions (mprotect);
 * 5. elsewhere, in order of addresses: the same part of the same file with the same permissions, and
 *    what the kernel names (`[heap]`, `[stack]`).
 *
 * Rules 1 to 4 want the same file (device, inode, name, and the part of it that belongs at these
 * addresses), or for memory without one the same name; 1 to 3 the same permissions as well.
 *
 * To another process (`isSameProcess` is false) addresses mean nothing: see matchProcesses.
 *
 * Takes time in proportion to n log n.
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

/** Matches groups, which have the same name, kind and permissions on both sides or are others. */
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
 * Matches the mappings of two processes, in order of addresses: the same part of the same file; of
 * what is left the same name with the same permissions, as another version of a library has, or a
 * heap, a stack, the bss of a library; memory without a name where it has the same size.
 */
function matchProcesses(matching: Matching): void {
  matching.joinByKey(({ mapping }) => (hasFile(mapping) ? fileKey(mapping) : undefined));
  matching.joinByKey(({ mapping }) => (isKernelName(mapping) ? mapping.name : undefined));
  matching.joinByKey(({ mapping, owner }) => {
    const size = mapping.name === '' && owner === '[anon]' ? sizeBytes(mapping) : 0;
    return `${mapping.perms} ${size} ${owner}`;
  });
}

/** Whether two mappings of a process that meet at an address hold the same memory there. */
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

/** What the kernel names itself; a name that a program gave memory (`[anon:...]`) is on many. */
function isKernelName({ name }: Mapping): boolean {
  return name.startsWith('[') && !name.startsWith('[anon');
}

function fileKey({ deviceMajor, deviceMinor, inode, offset, perms, name }: Mapping): string {
  return `${deviceMajor}:${deviceMinor} ${inode} ${offset} ${perms} ${name}`;
}
