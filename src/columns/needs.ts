import type { Column } from './column.ts';

/** What must be read and done before some columns have their values. */
export interface ColumnNeeds {
  /** The fields of smaps, without duplicates; empty if maps is enough. */
  readonly fields: readonly string[];
  /**
   * Whether mappings must be classified (see sources/classified-reader.ts). The fields used to
   * classify them are not among `fields`; withKindFields adds them.
   */
  readonly needsKinds: boolean;
}

/** What these columns need together. */
export function needsOf(columns: Iterable<Column>): ColumnNeeds {
  const all = [...columns];
  const isClassified = (column: Column) => column.isClassified === true;
  const read = all.filter((column) => !isClassified(column));
  return {
    fields: [...new Set(read.flatMap(({ fields }) => fields))],
    needsKinds: all.some(isClassified),
  };
}
