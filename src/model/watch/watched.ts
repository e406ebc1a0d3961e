/**
 * The figures that a watch follows, by the ids of their columns. An entry is all that a figure
 * needs: its title is the column's, and reports, records and sort orders follow from this list.
 */
export const WATCHED = ['rss', 'pss', 'uss', 'swap'] as const;

/** The id of a figure that a watch follows. */
export type Watched = (typeof WATCHED)[number];

/** One value for each watched figure. */
export type PerFigure<T> = Readonly<Record<Watched, T>>;

/** Sizes, or changes of sizes, in bytes; undefined if the kernel did not report them. */
export type Figures = PerFigure<number | undefined>;

/** Makes one value for each watched figure. */
export function perFigure<T>(make: (figure: Watched) => T): PerFigure<T> {
  return Object.fromEntries(WATCHED.map((id) => [id, make(id)])) as PerFigure<T>;
}
