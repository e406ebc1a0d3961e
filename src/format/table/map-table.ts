import { type Column, inBytes, tableTitle } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import { fromByteString } from '../../model/byte-string.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { TableCell, TableColumn } from '../../model/table.ts';
import { visible } from '../visible.ts';

const KIND_OF_UNIT = {
  bytes: 'size',
  kib: 'size',
  address: 'address',
  count: 'count',
  ratio: 'ratio',
} as const;

/** A column of mappings as a column of a table. */
export function tableColumn(column: Column): TableColumn {
  const kind = column.kind === 'text' ? 'text' : KIND_OF_UNIT[column.unit];
  return { id: column.id, title: tableTitle(column), kind };
}

/** A mapping as a row of a table: sizes in bytes, names in a form safe to show. */
export function tableRow(
  columns: readonly Column[],
  mapping: Mapping,
  names: NameRule,
  onTerminal: boolean,
): TableCell[] {
  return columns.map((column) => {
    if (column.kind === 'text') return shown(column.value(mapping, names), onTerminal);
    const value = column.value(mapping);
    return value === undefined ? undefined : inBytes(column, value);
  });
}

function shown(text: string, onTerminal: boolean): string {
  return fromByteString(visible(text.trimStart(), onTerminal));
}
