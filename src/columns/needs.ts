import type { Column } from './column.ts';

/** What has to be read and done before some columns have their values. */
export interface ColumnNeeds {
  /** The fields of smaps, each once; none means that maps is enough. */
  readonly fields: readonly string[];
  /**
   * Whether mappings have to be classified (see sources/classified-reader.ts). The fields for that
   * are not among `fields`: kinds are told as far as possible where there are none.
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
