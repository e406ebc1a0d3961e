import type { Column } from './column.ts';

/** What has to be read and done before some columns have their values. */
export interface ColumnNeeds {
  /** The fields of smaps, each once; none means that maps is enough. */
  readonly fields: readonly string[];
  /** Whether mappings have to be classified (see aggregate/kinds). */
  readonly needsKinds: boolean;
}

/** What these columns need together. */
export function needsOf(columns: Iterable<Column>): ColumnNeeds {
  const all = [...columns];
  return {
    fields: [...new Set(all.flatMap(({ fields }) => fields))],
    needsKinds: all.some(({ id }) => id === 'kind'),
  };
}
