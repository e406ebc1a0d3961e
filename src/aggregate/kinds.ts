import type { ByteString } from '../model/byte-string.ts';
import { slotOf } from '../model/fields.ts';
import type { Kind } from '../model/kind.ts';
import { type Mapping, sizeBytes } from '../model/mapping.ts';

/** The kind of a mapping, and the file or label under which it is grouped with others. */
export interface Classified {
  readonly kind: Kind;
  readonly owner: ByteString;
}

/** Kinds that follow from the name alone; the first pattern that matches decides. */
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
const LARGEST_GUARD = 1024 * KIB;
const SMALLEST_STACK = 16 * KIB;
/** HEAP_MAX_SIZE of glibc's malloc on 64-bit systems: arenas begin at multiples of it. */
const ARENA = 64 * 1024 * KIB;

/** State from the previous mapping, copied because readers reuse their object. */
interface Previous {
  readonly end: number;
  /** The file whose bss may begin at `end`; undefined if there can be none. */
  readonly bssOwner: ByteString | undefined;
  /** Size in bytes of a guard area that ends at `end`; 0 if there is none. */
  readonly guardBytes: number;
  /** Whether the mapping may be the part of a malloc arena that is in use. */
  readonly isArena: boolean;
}

const NOTHING: Previous = { end: -1, bssOwner: undefined, guardBytes: 0, isArena: false };

/**
 * Determines the kinds of the mappings of ONE process. It must be given all of them, in the order of
 * addresses, since some kinds depend on the mapping before.
 *
 * The first of these rules decides: fields that show reserved huge pages; the name (brackets, shared
 * memory, devices, deleted files); for other files the permissions, executable before writable; for
 * memory without a name the stack that holds `startStack`, then bss, thread stack, anonymous.
 *
 * The owner is the kernel's name as it is. ` (deleted)` stays, since the old library and the new one
 * are two files. Memory without a name is `[anon]`, a bss is its file's name and ` [bss]`.
 *
 * Limits: a nameless mapping that happens to begin where a library's data ends is taken for its bss,
 * and one that the kernel merged with a bss or a stack counts as part of it. A runtime that guards its
 * own blocks as pthread guards stacks (V8's pages, for example) shows them as stacks. Stacks without a
 * guard mapping (glibc from 2.42 on kernels from 6.13, Go's) show as anonymous.
 */
export class KindClassifier {
  readonly #startStack: number;
  #previous = NOTHING;
  /** The last program or library, and whether code of it was met; no name begins with `\0`. */
  #file = { identity: '\0', hasCode: false };
  /** The last name and its kind: neighbours often have the same. */
  #named: { readonly name: ByteString; readonly kind: Kind | undefined } = NO_NAME;

  /** `startStack` is an address in bytes, 0 if it is not known. */
  constructor(startStack: number) {
    this.#startStack = startStack;
  }

  /** The kind and the owner of the mapping after the one of the last call. */
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

  /** `name` and `perms` are the mapping's: a reader decodes them each time that it is asked. */
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

  /** Both ends count, as they do for the kernel and for the column "Mapping". */
  #holdsStackStart({ start, end }: Mapping): boolean {
    const address = this.#startStack;
    return address !== 0 && start <= address && address <= end;
  }

  /**
   * The file whose bss may begin where the mapping ends. Data that was made read-only after relocation
   * may end a library as well, but a file that is only read has no bss: memory after it belongs to
   * something else. So read-only data counts only if code of the same file came before it.
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

/** Decided by the flag on kernels that print flags (3.8); older ones may print the sizes. */
function hasReservedHugePages({ values }: Mapping): boolean {
  const flags = values[slotOf.VmFlags];
  if (typeof flags === 'string') return /(^| )ht( |$)/.test(flags);
  return isPositive(values[slotOf.Shared_Hugetlb]) || isPositive(values[slotOf.Private_Hugetlb]);
}

function isPositive(value: number | string | undefined): boolean {
  return typeof value === 'number' && value > 0;
}

/**
 * How much of a nameless mapping without access may guard what comes after it. A malloc arena is
 * memory in use and then memory without access up to the next multiple of 64 MiB, which may be followed
 * by another arena: only what lies beyond that multiple, merged with it, is a guard.
 */
function guardBytes(start: number, end: number, previous: Previous): number {
  if (!previous.isArena) return end - start;
  return Math.max(0, end - Math.ceil(start / ARENA) * ARENA);
}

function isArenaStart(start: number): boolean {
  return start % ARENA === 0;
}

/**
 * A stack that begins at a multiple of 64 MiB, which is rare, is taken for an arena. An area without
 * access that is larger than the stack is not a guard but the rest of a block reserved in advance.
 */
function isThreadStack(mapping: Mapping, perms: string, { guardBytes }: Previous): boolean {
  if (perms !== 'rw-p' || isArenaStart(mapping.start)) return false;
  if (guardBytes === 0 || guardBytes > LARGEST_GUARD) return false;
  return sizeBytes(mapping) >= Math.max(SMALLEST_STACK, guardBytes);
}
