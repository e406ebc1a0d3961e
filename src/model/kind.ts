/** The kinds of memory. Each mapping has exactly one (see aggregate/kinds.ts). */
export const KINDS = [
  'code',
  'read-only-data',
  'data',
  'bss',
  'heap',
  'stack',
  'thread-stack',
  'anonymous',
  'named-anonymous',
  'shared-memory',
  'deleted',
  'device',
  'huge-pages',
  'kernel',
] as const;

/** One of KINDS. */
export type Kind = (typeof KINDS)[number];

/** The smaps fields that reveal reserved huge pages; no other kind needs a field. */
export const KIND_FIELDS = ['VmFlags', 'Shared_Hugetlb', 'Private_Hugetlb'] as const;
