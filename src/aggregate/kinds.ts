import type { ByteString } from '../model/byte-string.ts';
import { slotOf } from '../model/fields.ts';
import type { Kind } from '../model/kind.ts';
import { type Mapping, sizeBytes } from '../model/mapping.ts';

/** The kind of a mapping, and the file or label under which it is grouped with others. */
export interface Classified {
  readonly kind: Kind;
  readonly owner: ByteString;
}

/** Kinds that follow from the name alone; the first matching pattern decides. */
const BY_NAME: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [/^\[heap\]$/, 'heap'],
  [/^\[anon:(libc_malloc\]|scudo:| glibc: (loader )?malloc)/, 'heap'],
  [/^\[stack\]$/, 'stack'],
  [/^\[(stack:\d+\]|anon:(stack_and_tls:| glibc: pthread))/, 'thread-stack'],
  [/^\[anon:\.bss\]$/, 'bss'],
  [/^\[anon_shmem:/, 'shared-memory'],
  [/^\[anon:/, 'named-anonymous'],
  [/^\[/, 'kernel'],
  [/^\/(anon_hugepage( \(deleted\))?$|dev\/hugepages\/)/, 'huge-pages'],
  [/^\/(memfd:|dev\/shm\/|SYSV[0-9a-f]{8}( \(deleted\))?$)/, 'shared-memory'],
  [/^\/(dev\/zero( \(deleted\))?$|dev\/ashmem(\/|$)|secretmem( \(deleted\))?$)/, 'shared-memory'],
  [/^\/(dev\/|dri\/|\[aio\])/, 'device'],
  [/^[^/[(]/, 'device'],
  [/ \(deleted\)$/, 'deleted'],
];

const NO_NAME = { name: '\0', kind: undefined };

const KIB = 1024;
/** The sizes in bytes of the largest guard area and the smallest thread stack that are recognized. */
const MAX_GUARD_BYTES = 1024 * KIB;
const MIN_STACK_BYTES = 16 * KIB;
/** HEAP_MAX_SIZE of glibc's malloc on 64-bit systems: arenas begin at multiples of it. */
const ARENA_BYTES = 64 * 1024 * KIB;

/** State from the previous mapping, copied because readers reuse their object. */
interface Previous {
  readonly end: number;
  /** The file whose bss may begin at `end`; undefined if there can be none. */
  readonly bssOwner: ByteString | undefined;
  /** Size in bytes of a guard area that ends at `end`; 0 if there is none. */
  readonly guardBytes: number;
  /** Whether the mapping may be the used part of a malloc arena. */
  readonly isArena: boolean;
}

const NOTHING: Previous = { end: -1, bssOwner: undefined, guardBytes: 0, isArena: false };

/**
 * Determines the kinds of the mappings of ONE process. It must see all of them, in the order of
 * addresses, since some kinds depend on the previous mapping.
 *
 * The first rule that applies decides: fields that show reserved huge pages; the name (brackets, shared
 * memory, devices, deleted files); for other files the permissions, executable before writable. Memory
 * without a name is the stack if it contains `startStack`, else bss, a thread stack, or anonymous.
 *
 * The owner is the kernel's name, unchanged. ` (deleted)` stays, since a replaced library and its
 * replacement are two files. Memory without a name has the owner `[anon]`, a bss the name of its file
 * followed by ` [bss]`.
 *
 * Limits: a nameless mapping that happens to begin where a library's data ends is taken for its bss,
 * and memory that the kernel merged with a bss or a stack counts as part of it. Blocks that a runtime
 * guards as pthread guards stacks (V8's pages, for example) are taken for stacks. Stacks without a
 * guard mapping (glibc 2.42 and later on Linux 6.13 and later, Go) are taken for anonymous memory.
 */
export class KindClassifier {
  readonly #startStack: number;
  #previous = NOTHING;
  /** The last program or library, and whether its code was seen. No name begins with `\0`. */
  #file = { identity: '\0', hasCode: false };
  /** The last name and its kind: neighbours often have the same name. */
  #named: { readonly name: ByteString; readonly kind: Kind | undefined } = NO_NAME;

  /** `startStack` is the address of the bottom of the stack; 0 if it is not known. */
  constructor(startStack: number) {
    this.#startStack = startStack;
  }

  /** The kind and the owner of the next mapping. */
  classify(mapping: Mapping): Classified {
    const { start, end, name, perms } = mapping;
    const previous = this.#previous.end === start ? this.#previous : NOTHING;
    const kind = this.#kindOf(mapping, name, perms, previous);
    this.#previous = {
      end,
      bssOwner: this.#bssOwner(mapping, kind, name),
      guardBytes: name === '' && perms === '---p' ? guardBytes(start, end, previous) : 0,
      isArena: kind === 'anonymous' && perms === 'rw-p' && isArenaStart(start),
    };
    return { kind, owner: ownerOf(name, kind, previous) };
  }

  /** `name` and `perms` are the mapping's, passed because a reader decodes them at each access. */
  #kindOf(mapping: Mapping, name: ByteString, perms: string, previous: Previous): Kind {
    if (hasReservedHugePages(mapping)) return 'huge-pages';
    if (name !== '') return this.#kindOfName(name) ?? kindOfFile(perms);
    if (this.#holdsStackStart(mapping)) return 'stack';
    if (perms[3] !== 'p') return 'anonymous';
    if (perms[1] === 'w' && previous.bssOwner !== undefined) return 'bss';
    return isThreadStack(mapping, perms, previous) ? 'thread-stack' : 'anonymous';
  }

  #kindOfName(name: ByteString): Kind | undefined {
    if (name !== this.#named.name) {
      this.#named = { name, kind: BY_NAME.find(([pattern]) => pattern.test(name))?.[1] };
    }
    return this.#named.kind;
  }

  /** Both bounds are included, as in the kernel and in the column "Mapping". */
  #holdsStackStart({ start, end }: Mapping): boolean {
    const address = this.#startStack;
    return address !== 0 && start <= address && address <= end;
  }

  /**
   * The file whose bss may begin where the mapping ends. Usually that is writable data, but the last
   * part of a library may also be data made read-only after relocation. A file that is mapped only to
   * be read has no bss, so read-only data counts only after code of the same file.
   */
  #bssOwner(mapping: Mapping, kind: Kind, name: ByteString): ByteString | undefined {
    if (!isFile(kind, name)) return undefined;
    const { perms, inode, deviceMajor, deviceMinor } = mapping;
    const identity = `${deviceMajor}:${deviceMinor}:${inode}:${name}`;
    if (this.#file.identity !== identity) this.#file = { identity, hasCode: false };
    if (perms[2] === 'x') this.#file.hasCode = true;
    if (perms[3] !== 'p') return undefined;
    return perms[1] === 'w' || this.#file.hasCode ? name : undefined;
  }
}

function isFile(kind: Kind, name: ByteString): boolean {
  if (name === '') return false;
  return kind === 'code' || kind === 'data' || kind === 'read-only-data' || kind === 'deleted';
}

function kindOfFile(perms: string): Kind {
  if (perms[2] === 'x') return 'code';
  return perms[1] === 'w' ? 'data' : 'read-only-data';
}

function ownerOf(name: ByteString, kind: Kind, previous: Previous): ByteString {
  if (kind === 'bss' && previous.bssOwner !== undefined) return `${previous.bssOwner} [bss]`;
  if (kind === 'stack') return '[stack]';
  return name === '' ? '[anon]' : name;
}

/** Linux 3.8 and later print VmFlags, where `ht` decides; earlier kernels may print the sizes. */
function hasReservedHugePages({ values }: Mapping): boolean {
  const flags = values[slotOf.VmFlags];
  if (typeof flags === 'string') return /(^| )ht( |$)/.test(flags);
  return isPositive(values[slotOf.Shared_Hugetlb]) || isPositive(values[slotOf.Private_Hugetlb]);
}

function isPositive(value: number | string | undefined): boolean {
  return typeof value === 'number' && value > 0;
}

/**
 * How much of a nameless, inaccessible mapping may guard the mapping after it, in bytes. The rest of a
 * malloc arena, up to the next multiple of 64 MiB, is inaccessible as well, and the kernel merges it
 * with a guard that follows: only the part beyond that multiple is a guard.
 */
function guardBytes(start: number, end: number, previous: Previous): number {
  if (!previous.isArena) return end - start;
  return Math.max(0, end - Math.ceil(start / ARENA_BYTES) * ARENA_BYTES);
}

function isArenaStart(start: number): boolean {
  return start % ARENA_BYTES === 0;
}

/**
 * Whether the mapping is a thread's stack: writable memory directly above a guard area.
 *
 * A stack that happens to begin at a multiple of 64 MiB, which is rare, is taken for an arena. An
 * inaccessible area that is larger than the stack is not a guard but the rest of a block reserved in
 * advance.
 */
function isThreadStack(mapping: Mapping, perms: string, { guardBytes }: Previous): boolean {
  if (perms !== 'rw-p' || isArenaStart(mapping.start)) return false;
  if (guardBytes === 0 || guardBytes > MAX_GUARD_BYTES) return false;
  return sizeBytes(mapping) >= Math.max(MIN_STACK_BYTES, guardBytes);
}
