/**
 * The figures that a watch can follow, by the ids of their columns (see columns/figures.ts). An entry is
 * all that a figure needs: its title is the column's, and reports, records and sort orders follow.
 */
export const WATCHED = [
  'rss',
  'pss',
  'uss',
  'swap',
  'peak',
  'peak_size',
  'rss_anon',
  'rss_file',
  'rss_shmem',
  'page_tables',
  'lazy_free',
  'hugetlb',
] as const;

/** The id of a figure that a watch can follow. */
export type Watched = (typeof WATCHED)[number];

/** The figures that are followed unless others are chosen. */
export const STANDARD_FIGURES: readonly Watched[] = ['rss', 'pss', 'uss', 'swap'];

/** The same where only status is read. */
export const QUICK_FIGURES: readonly Watched[] = ['rss', 'peak', 'swap'];

/** One value for each figure that can be watched. */
export type PerFigure<T> = Readonly<Record<Watched, T>>;

/** Sizes, or changes of sizes, in bytes; undefined if they were not read or not reported. */
export type Figures = PerFigure<number | undefined>;

/** Makes one value for each figure that can be watched. */
export function perFigure<T>(make: (figure: Watched) => T): PerFigure<T> {
  return Object.fromEntries(WATCHED.map((id) => [id, make(id)])) as PerFigure<T>;
}
