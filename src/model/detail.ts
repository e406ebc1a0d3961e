/**
 * How much of a process a sample holds: every mapping; one row per file or label; one row per kind
 * of memory; or the totals alone.
 */
export const DETAILS = ['all', 'mapping', 'kind', 'total'] as const;

/** One of DETAILS. */
export type Detail = (typeof DETAILS)[number];
