/** What mappings can be grouped by, as a closed list. */
export const GROUPINGS = ['mapping', 'kind', 'mode'] as const;

/** What mappings are grouped by: the file or label they belong to, their kind, their permissions. */
export type Grouping = (typeof GROUPINGS)[number];
