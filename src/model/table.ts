/** What the cells of a column hold: sizes are bytes, a ratio of 0.5 is half, a bar is a Share. */
export type CellKind = 'size' | 'count' | 'address' | 'ratio' | 'text' | 'bar';

/** A share of a whole in two parts, drawn as a bar: 0 to 1 each, their sum at most 1. */
export interface Share {
  readonly private: number;
  readonly shared: number;
}

/** The value of a cell (see CellKind). Text is safe to show; undefined means not known. */
export type TableCell = number | string | Share | undefined;

/** One column of a table. */
export interface TableColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: CellKind;
}

/** A table for people: rows below a heading, and below them the total. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly total?: readonly TableCell[];
}
