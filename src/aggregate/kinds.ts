import type { ByteString } from '../model/byte-string.ts';
import { slotOf } from '../model/fields.ts';
import type { Kind } from '../model/kind.ts';
import { isWritable, type Mapping, sizeBytes } from '../model/mapping.ts';

/** What a mapping is for, and the label under which it is grouped with others. */
export interface Classified {
  readonly kind: Kind;
  readonly owner: ByteString;
}

/** The kinds of names that do not depend on other mappings; the first that matches counts. */
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

const KIB = 1024;
const LARGEST_GUARD = 1024 * KIB;
const SMALLEST_STACK = 16 * KIB;
/** HEAP_MAX_SIZE of glibc's malloc on 64 bits: its arenas begin at multiples of it. */
const ARENA = 64 * 1024 * KIB;

/** What has to be remembered of the mapping before; its parts, for readers use theirs again. */
interface Previous {
  readonly end: number;
  /** The file whose bss may begin at `end`; undefined where none can. */
  readonly bssOwner: ByteString | undefined;
  /** Bytes of guard that end at `end`; 0 where what ends there is no guard. */
  readonly guardBytes: number;
  /** Whether it may be the part in use of a malloc arena. */
  readonly isArena: boolean;
}

const NOTHING: Previous = { end: -1, bssOwner: undefined, guardBytes: 0, isArena: false };

/**
 * Tells the kinds of ONE process's mappings, which it is given all of, in the order of addresses.
 *
 * Precedence: reserved huge pages by their fields; the name (brackets, shared memory, devices,
 * deleted files); for other files the permissions, executable before writable; for memory without
 * a name the stack that holds `startStack`, then bss, thread stack, anonymous.
 *
 * The owner is the kernel's text as it is: a file's ` (deleted)` stays, for the old library and
 * the new one are two files. Memory without a name is `[anon]`, a bss its file and ` [bss]`.
 *
 * What no rule can tell: a nameless mapping that happens to lie right behind a library's data is
 * taken for its bss, and one that the kernel merged with a bss or a stack counts as part of it. A
 * runtime that guards its own blocks as pthread does (V8's pages, say) shows them as stacks. Stacks
 * without a guard mapping (glibc from 2.42 on kernels from 6.13, Go's) show as anonymous.
 */
export class KindClassifier {
  readonly #startStack: number;
  #previous = NOTHING;
  /** The last program or library met, and whether code of it was: `\0` begins no name. */
  #file = { identity: '\0', hasCode: false };

  /** `startStack` is an address in bytes, 0 where it is not known. */
  constructor(startStack: number) {
    this.#startStack = startStack;
  }

  /** The kind and the owner of the mapping that follows the one of the last call. */
  classify(mapping: Mapping): Classified {
    const isNext = this.#previous.end === mapping.start;
    const previous = isNext ? this.#previous : NOTHING;
    const kind = this.#kindOf(mapping, previous);
    this.#previous = this.#remember(mapping, kind, previous);
    return { kind, owner: ownerOf(mapping, kind, previous) };
  }

  #kindOf(mapping: Mapping, previous: Previous): Kind {
    if (hasReservedHugePages(mapping)) return 'huge-pages';
    if (mapping.name !== '') return kindOfName(mapping.name) ?? kindOfFile(mapping.perms);
    if (this.#holdsStackStart(mapping)) return 'stack';
    if (!isPrivate(mapping)) return 'anonymous';
    if (isWritable(mapping) && previous.bssOwner !== undefined) return 'bss';
    return isThreadStack(mapping, previous) ? 'thread-stack' : 'anonymous';
  }

  /** Both ends count, as for the kernel and the column "Mapping". */
  #holdsStackStart({ start, end }: Mapping): boolean {
    const address = this.#startStack;
    return address !== 0 && start <= address && address <= end;
  }

  #remember(mapping: Mapping, kind: Kind, previous: Previous): Previous {
    return {
      end: mapping.end,
      bssOwner: this.#bssOwner(mapping, kind),
      guardBytes: isGuard(mapping) ? guardBytes(mapping, previous) : 0,
      isArena: kind === 'anonymous' && mapping.perms === 'rw-p' && isArenaStart(mapping),
    };
  }

  /**
   * The file that a bss behind the mapping belongs to. Data that was made read-only after
   * relocation may end a library as well, but a file that is only read has no bss: memory above it
   * is somebody else's. So such an end counts where code of the same file came before.
   */
  #bssOwner(mapping: Mapping, kind: Kind): ByteString | undefined {
    if (!isFile(mapping, kind)) return undefined;
    const { name, inode, deviceMajor, deviceMinor } = mapping;
    const identity = `${deviceMajor}:${deviceMinor}:${inode}:${name}`;
    if (this.#file.identity !== identity) this.#file = { identity, hasCode: false };
    if (mapping.perms[2] === 'x') this.#file.hasCode = true;
    if (!isPrivate(mapping)) return undefined;
    return isWritable(mapping) || this.#file.hasCode ? name : undefined;
  }
}

function isPrivate({ perms }: Mapping): boolean {
  return perms[3] === 'p';
}

function isFile({ name }: Mapping, kind: Kind): boolean {
  if (name === '') return false;
  return kind === 'code' || kind === 'data' || kind === 'read-only-data' || kind === 'deleted';
}

function kindOfName(name: ByteString): Kind | undefined {
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
}

function kindOfFile(perms: string): Kind {
  if (perms[2] === 'x') return 'code';
  return perms[1] === 'w' ? 'data' : 'read-only-data';
}

function ownerOf({ name }: Mapping, kind: Kind, previous: Previous): ByteString {
  if (kind === 'bss' && previous.bssOwner !== undefined) return `${previous.bssOwner} [bss]`;
  if (kind === 'stack') return '[stack]';
  return name === '' ? '[anon]' : name;
}

/** The flag decides where there are flags (3.8); a kernel that shows none may show the sizes. */
function hasReservedHugePages({ values }: Mapping): boolean {
  const flags = values[slotOf.VmFlags];
  if (typeof flags === 'string') return /(^| )ht( |$)/.test(flags);
  return isPositive(values[slotOf.Shared_Hugetlb]) || isPositive(values[slotOf.Private_Hugetlb]);
}

function isPositive(value: number | string | undefined): boolean {
  return typeof value === 'number' && value > 0;
}

function isGuard({ name, perms }: Mapping): boolean {
  return name === '' && perms === '---p';
}

/**
 * How much of a nameless mapping without access may guard what lies above it. An arena of malloc
 * is memory in use and then memory without access up to the next multiple of 64 MiB, and what lies
 * above may be another arena: only what goes beyond that multiple, merged with it, is a guard.
 */
function guardBytes({ start, end }: Mapping, previous: Previous): number {
  if (!previous.isArena) return end - start;
  return Math.max(0, end - Math.ceil(start / ARENA) * ARENA);
}

function isArenaStart({ start }: Mapping): boolean {
  return start % ARENA === 0;
}

/**
 * A stack that begins at a multiple of 64 MiB, which is rare, is taken for an arena. No access to
 * more than the stack's own size is no guard but the rest of a block that is reserved in advance.
 */
function isThreadStack(mapping: Mapping, { guardBytes }: Previous): boolean {
  if (mapping.perms !== 'rw-p' || isArenaStart(mapping)) return false;
  if (guardBytes === 0 || guardBytes > LARGEST_GUARD) return false;
  return sizeBytes(mapping) >= Math.max(SMALLEST_STACK, guardBytes);
}
