/** The kinds of memory. Each mapping has exactly one (see aggregate/kinds/). */
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
  'reserved',
  'shared-memory',
  'deleted',
  'device',
  'huge-pages',
  'kernel',
] as const;

/**
 * The version of the rules that decide kinds (aggregate/kinds). Recordings hold it beside the kinds; it
 * grows when a rule changes what it decides. Recordings without a version hold no kinds.
 */
export const KIND_RULES_VERSION = 2;

/** One of KINDS. */
export type Kind = (typeof KINDS)[number];

/** The smaps fields that reveal reserved huge pages; and a thread stack of glibc 2.42; no other kind needs a field. */
export const KIND_FIELDS = ['VmFlags', 'Shared_Hugetlb', 'Private_Hugetlb'] as const;
