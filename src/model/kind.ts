/** What a mapping is for, as a closed list; each mapping has exactly one kind. */
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

/** The kind of a mapping. */
export type Kind = (typeof KINDS)[number];
