/** What the cells of a column hold: sizes are bytes, a ratio of 0.5 is half, a bar is a Share. */
export type CellKind = 'size' | 'count' | 'address' | 'ratio' | 'text' | 'bar';

/** A part of a whole in two pieces, drawn as a bar: 0 to 1 each, their sum at most 1. */
export interface Share {
  readonly private: number;
  readonly shared: number;
}

/** A cell's value: text is what a person may see, sizes are bytes; undefined where nothing is known. */
export type TableCell = number | string | Share | undefined;

/** One column of a table. */
export interface TableColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: CellKind;
}

/** Rows under titled columns, for people; `total` stands below them. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly total?: readonly TableCell[];
}
