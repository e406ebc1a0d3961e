import { slotOf } from '../../model/fields.ts';
import { type Mapping, sizeBytes } from '../../model/mapping.ts';
import { type Facts, isPrivateWritable, type Previous } from './facts.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** PTHREAD_STACK_MIN of glibc; and more than any default, so that a heap above a hole is no stack. */
const MIN_STACK_BYTES = 16 * KIB;
const MAX_STACK_BYTES = 256 * MIB;
const FOUR_GIB = 4 * 1024 * MIB;
/** HEAP_MAX_SIZE of glibc's malloc on 64-bit systems: arenas begin at multiples of it. */
const ARENA_BYTES = 64 * MIB;

/**
 * Whether VmFlags tell a thread's stack: guard pages inside the mapping (`gu`) and no huge pages (`nh`).
 * glibc 2.42 and the JVM ask for both; nothing else was seen with both. Neighbouring stacks are one
 * mapping then, since their guards are no mappings of their own.
 */
export function isStackByFlags({ mapping, perms }: Facts): boolean {
  const flags = mapping.values[slotOf.VmFlags];
  return isPrivateWritable(perms) && hasFlag(flags, 'nh') && hasFlag(flags, 'gu');
}

/**
 * Whether pagemap tells the same. Kernels from 6.15 on show guard pages there, from 6.19 on in VmFlags,
 * too.
 */
export function isStackByPages({ mapping, perms, evidence }: Facts): boolean {
  if (evidence.hasGuardPages === undefined || !isPrivateWritable(perms)) return false;
  const flags = mapping.values[slotOf.VmFlags];
  if (!hasFlag(flags, 'nh') || sizeBytes(mapping) < MIN_STACK_BYTES) return false;
  return evidence.hasGuardPages(mapping);
}

/** Whether VmFlags have a flag; it is never the first, since `rd`, `wr` and `mr` come before it. */
function hasFlag(flags: number | string | undefined, flag: 'gu' | 'nh' | 'nr'): boolean {
  if (typeof flags !== 'string') return false;
  return flags.includes(` ${flag} `) || flags.endsWith(` ${flag}`);
}

/**
 * Whether a mapping of thread stacks may hold several. A stack above a guard mapping is alone; where the
 * guards are inside, the kernel merges neighbouring stacks.
 */
export function mayBeMerged({ values }: Mapping, { guardBytes }: Previous): boolean {
  return guardBytes === 0 || hasFlag(values[slotOf.VmFlags], 'gu');
}

/**
 * Whether the mapping lies right above a guard area as a thread's stack does.
 *
 * A stack that begins at a multiple of 64 MiB is taken for an arena; an inaccessible area that is
 * larger than the stack is the rest of a block reserved in advance. Allocators that place their blocks
 * by chance (PartitionAlloc and V8, in 46 of 47 bits) keep to the lower half of the address space. Stacks
 * lie in the upper half, or below 4 GiB, where glibc put them before 2.13.
 */
export function isStackByGuard({ mapping, perms, previous, evidence }: Facts): boolean {
  const { guardBytes } = previous;
  if (guardBytes === 0 || !isPrivateWritable(perms) || isArenaStart(mapping.start)) return false;
  const { start } = mapping;
  if (start >= FOUR_GIB && start < evidence.startStack / 2) return false;
  const bytes = sizeBytes(mapping);
  return bytes >= Math.max(MIN_STACK_BYTES, guardBytes) && bytes <= MAX_STACK_BYTES;
}

/**
 * How much of a nameless, inaccessible mapping may guard the mapping after it, in bytes. The rest of a
 * malloc arena, up to the next multiple of 64 MiB, is inaccessible as well, and the kernel merges it
 * with a guard that follows: only the part beyond that multiple is a guard. An area reserved with
 * MAP_NORESERVE (`nr`) is no guard: the JVM reserves its heap so, and uses it piece by piece.
 */
export function guardBytesOf({ start, end, values }: Mapping, previous: Previous): number {
  if (hasFlag(values[slotOf.VmFlags], 'nr')) return 0;
  if (!previous.isArena) return end - start;
  return Math.max(0, end - arenaEnd(start));
}

/** Whether a malloc arena of glibc can begin at an address. */
export function isArenaStart(start: number): boolean {
  return start % ARENA_BYTES === 0;
}

/** Where a malloc arena of glibc ends at most that has the address in it or ends there. */
export function arenaEnd(address: number): number {
  return Math.ceil(address / ARENA_BYTES) * ARENA_BYTES;
}
