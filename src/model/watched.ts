/** The figures of a process that are watched over time, as a closed list of columns. */
export const WATCHED = ['rss', 'pss', 'uss', 'swap'] as const;

/** A figure that is watched. */
export type Watched = (typeof WATCHED)[number];

/** One thing for each figure that is watched. */
export type PerFigure<T> = Readonly<Record<Watched, T>>;

/** Sizes, or changes of them, in bytes; undefined where the kernel did not say. */
export type Figures = PerFigure<number | undefined>;

/** Makes one thing for each figure. */
export function perFigure<T>(make: (figure: Watched) => T): PerFigure<T> {
  return { rss: make('rss'), pss: make('pss'), uss: make('uss'), swap: make('swap') };
}
