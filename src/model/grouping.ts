/** The ways to group mappings: by file or label, by kind of memory, by permissions. */
export const GROUPINGS = ['mapping', 'kind', 'mode'] as const;

/** One of GROUPINGS. */
export type Grouping = (typeof GROUPINGS)[number];
