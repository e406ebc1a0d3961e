/** The numbers of mappings of the measured processes. */
export const SIZES = {
  small: 40,
  thousand: 1000,
  library: 20_000,
  large: 64_000,
  huge: 300_000,
} as const;

/** The labels of the contestants that goals refer to. */
export const LABEL = {
  plain: 'tsmap',
  device: 'tsmap -d',
  extended: 'tsmap -x',
  kernel: 'tsmap -X',
  binary: 'self-contained tsmap -x',
  node: 'node -e 0',
  bareReads: 'bare reads of smaps in Node',
  pmap: 'pmap',
  pmapExtended: 'pmap -x',
  pmapKernel: 'pmap -X',
} as const;

/** The ways in which test/bench/programs/library.mjs can read. */
export const LIBRARY_WAYS = [
  'maps bare reads',
  'maps idiom',
  'maps iterator',
  'maps array',
  'smaps bare reads',
  'smaps idiom',
  'smaps two fields, iterator',
  'smaps two fields, array',
  'smaps all fields, iterator',
  'smaps all fields, array',
] as const;
