import { slotOf } from '../../model/fields.ts';
import type { Kind } from '../../model/kind.ts';
import type { Mapping } from '../../model/mapping.ts';
import { isBssByHeaders, isBssBySize } from './bss.ts';
import { type Facts, isPrivateWritable } from './facts.ts';
import { isStackByFlags, isStackByGuard, isStackByPages } from './thread-stack.ts';

/** Whether what a rule goes by proves the kind, or only makes it likely. */
export type Certainty = 'certain' | 'likely';

/** A rule of the table. */
export interface KindRule {
  readonly kind: Kind;
  readonly certainty: Certainty;
  /** What the rule goes by, for users: docs/kinds.md has the same words. */
  readonly evidence: string;
}

/** A rule that looks at more than the name. */
export interface FactRule extends KindRule {
  applies(facts: Facts): boolean;
}

/** A rule for mappings of a name; `sharing` restricts it to private (p) or shared (s) ones. */
export interface NameRule extends KindRule {
  readonly name: RegExp;
  readonly sharing?: 'p' | 's';
  /** Restricts it to objects of file systems without a block device, as the kernel's own are. */
  readonly isKernelMount?: true;
}

/** Rules for every mapping, before its name is looked at. */
export const FIRST_RULES: readonly FactRule[] = [
  {
    kind: 'reserved',
    certainty: 'certain',
    evidence: 'no permission at all (`---`): nobody may read, write or execute it',
    applies: ({ perms }) => perms.startsWith('---'),
  },
  {
    kind: 'huge-pages',
    certainty: 'certain',
    evidence: 'VmFlags has `ht`, or the kernel prints no VmFlags and counts reserved huge pages',
    applies: ({ mapping }) => hasReservedHugePages(mapping),
  },
];

/** Rules for names; the first that matches decides. */
export const NAME_RULES: readonly NameRule[] = [
  {
    kind: 'heap',
    certainty: 'certain',
    evidence: 'the kernel names it `[heap]`: memory below the program break',
    name: /^\[heap\]$/,
  },
  {
    kind: 'bss',
    certainty: 'certain',
    evidence: 'the loader names it `[anon:.bss]` or `[anon: glibc: .bss FILE]`',
    name: /^\[anon:(\.bss\]| glibc: \.bss )/,
  },
  {
    kind: 'thread-stack',
    certainty: 'certain',
    evidence:
      'the kernel or the C library names it `[stack:TID]`, `stack_and_tls` or `pthread stack`',
    name: /^\[(stack:\d+\]|anon:(stack_and_tls:| glibc: pthread stack))/,
  },
  {
    kind: 'heap',
    certainty: 'certain',
    evidence:
      'an allocator or a runtime gave it its own name (glibc, scudo, mimalloc, Go, CPython, Ruby ...)',
    name: /^\[anon:( glibc: | Go: |(libc_malloc|mimalloc|snmalloc|rpmalloc|jemalloc|absl)\]|(scudo|cpython|Ruby|OCaml):|dalvik-[^\]]* space[ \]])/,
  },
  {
    kind: 'stack',
    certainty: 'certain',
    evidence: 'the kernel names it `[stack]`',
    name: /^\[stack\]$/,
  },
  {
    kind: 'shared-memory',
    certainty: 'certain',
    evidence: 'the program named shared anonymous memory: `[anon_shmem:NAME]`',
    name: /^\[anon_shmem:/,
  },
  {
    kind: 'named-anonymous',
    certainty: 'certain',
    evidence: 'the program named it: `[anon:NAME]`',
    name: /^\[anon:/,
  },
  {
    kind: 'kernel',
    certainty: 'certain',
    evidence: 'the kernel names it in other brackets: `[vdso]`, `[vvar]`, `[vsyscall]` ...',
    name: /^\[/,
  },
  {
    kind: 'huge-pages',
    certainty: 'certain',
    evidence: 'its file is `/anon_hugepage` or below `/dev/hugepages`',
    name: /^\/(anon_hugepage( \(deleted\))?$|dev\/hugepages\/)/,
  },
  {
    kind: 'anonymous',
    certainty: 'certain',
    evidence: 'a private mapping of `/dev/zero`, or of a memfd that no code is loaded from',
    name: /^\/(memfd:|dev\/zero( \(deleted\))?$)/,
    sharing: 'p',
  },
  {
    kind: 'shared-memory',
    certainty: 'certain',
    evidence: 'a shared mapping of `/dev/zero`, a memfd or a file in `/dev/shm`',
    name: /^\/(memfd:|dev\/shm\/|dev\/zero( \(deleted\))?$)/,
    sharing: 's',
  },
  {
    kind: 'shared-memory',
    certainty: 'certain',
    evidence: 'a System V segment (`/SYSV` and its key), ashmem or secretmem',
    name: /^\/(SYSV[0-9a-f]{8}( \(deleted\))?$|dev\/ashmem(\/|$)|secretmem( \(deleted\))?$)/,
  },
  {
    kind: 'device',
    certainty: 'certain',
    evidence: "an object of the kernel's own mounts: graphics memory, dma-buf, asynchronous I/O",
    name: /^\/(drm mm object|i915|ttm swap|dmabuf:[^/]*|\[aio\])( \(deleted\))?$/,
    isKernelMount: true,
  },
  {
    kind: 'device',
    certainty: 'certain',
    evidence:
      'its file is below `/dev` or `/dri`, or is none that has a path (`anon_inode:`, `socket:`)',
    name: /^(\/(dev\/(?!shm\/)|dri\/|\[aio\])|[^/[(])/,
  },
  {
    kind: 'deleted',
    certainty: 'certain',
    evidence: 'its file has been deleted or replaced',
    name: / \(deleted\)$/,
  },
];

/** Rules for files that no name decides. */
export const FILE_RULES: readonly FactRule[] = [
  {
    kind: 'code',
    certainty: 'certain',
    evidence: 'another file, executable',
    applies: ({ perms }) => perms[2] === 'x',
  },
  {
    kind: 'data',
    certainty: 'certain',
    evidence: 'another file, writable',
    applies: ({ perms }) => perms[1] === 'w',
  },
  {
    kind: 'read-only-data',
    certainty: 'certain',
    evidence: 'another file, neither executable nor writable',
    applies: () => true,
  },
];

/** Rules for memory without a name; the first that applies decides. */
export const NAMELESS_RULES: readonly FactRule[] = [
  {
    kind: 'stack',
    certainty: 'certain',
    evidence: "no name, and the process's stack began in it (field `startstack` of stat)",
    applies: ({ mapping: { start, end }, evidence: { startStack } }) =>
      // Both bounds are included, as in the kernel and in the column "Mapping".
      startStack !== 0 && start <= startStack && startStack <= end,
  },
  {
    kind: 'bss',
    certainty: 'certain',
    evidence:
      'no name, and ELF program headers of the file before it claim at least half of it (`p_memsz` over `p_filesz`)',
    applies: isBssByHeaders,
  },
  {
    kind: 'bss',
    certainty: 'likely',
    evidence:
      'no name, right behind a program or library whose headers cannot be read, and no larger than it',
    applies: isBssBySize,
  },
  {
    kind: 'heap',
    certainty: 'likely',
    evidence:
      'no name, writable, right behind a named malloc arena of glibc: only its first piece has the name',
    applies: ({ mapping, perms, previous }) =>
      isPrivateWritable(perms) && mapping.end <= previous.namedArenaEnd,
  },
  {
    kind: 'thread-stack',
    certainty: 'likely',
    evidence:
      'no name, VmFlags has `gu` and `nh`: guard pages inside, no huge pages; neighbouring stacks are one mapping',
    applies: isStackByFlags,
  },
  {
    kind: 'thread-stack',
    certainty: 'likely',
    evidence:
      'no name, VmFlags has `nh` and pagemap shows guard pages: the same, on Linux 6.15 to 6.18',
    applies: isStackByPages,
  },
  {
    kind: 'thread-stack',
    certainty: 'likely',
    evidence:
      'no name, writable, 16 KiB to 256 MiB, right above an inaccessible area that is no larger and has no `nr` in VmFlags, below 4 GiB or in the upper half of the address space',
    applies: isStackByGuard,
  },
  {
    kind: 'anonymous',
    certainty: 'certain',
    evidence: 'no name, and none of these',
    applies: () => true,
  },
];

/** All rules in the order in which they are asked. */
export const KIND_RULES: readonly KindRule[] = [
  ...FIRST_RULES,
  ...NAME_RULES,
  ...FILE_RULES,
  ...NAMELESS_RULES,
];

/** Linux 3.8 and later print VmFlags, where `ht` decides; earlier kernels may print the sizes. */
function hasReservedHugePages({ values }: Mapping): boolean {
  const flags = values[slotOf.VmFlags];
  if (typeof flags === 'string') return flags.includes('ht') && /(^| )ht( |$)/.test(flags);
  return isPositive(values[slotOf.Shared_Hugetlb]) || isPositive(values[slotOf.Private_Hugetlb]);
}

function isPositive(value: number | string | undefined): boolean {
  return typeof value === 'number' && value > 0;
}
