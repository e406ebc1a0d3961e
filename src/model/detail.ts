/**
 * How much of a process a sample holds, as a closed list: every mapping; one row per file or label;
 * one row per kind of memory; the totals alone.
 */
export const DETAILS = ['all', 'mapping', 'kind', 'total'] as const;

/** How much of a process a sample holds. */
export type Detail = (typeof DETAILS)[number];
