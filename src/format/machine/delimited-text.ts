import { stringify } from 'csv-stringify/sync';
import type { MachineValue } from '../../columns/machine.ts';
import { visibleText } from '../visible.ts';
import type { Destination } from './machine-format.ts';

/** How values are put on a line. */
export interface Delimiting extends Destination {
  readonly delimiter: string;
}

/** Values as a line, ended. */
export function delimitedLine(values: readonly MachineValue[], delimiting: Delimiting): string {
  const fields = values.map((value) => delimitedField(cellText(value), delimiting));
  return `${fields.join(delimiting.delimiter)}\n`;
}

/** A text as a field, quoted where RFC 4180 asks for it. */
export function delimitedField(text: string, { delimiter, onTerminal }: Delimiting): string {
  return stringify([[onTerminal ? visibleText(text) : text]], { delimiter, eof: false });
}

/** A value as the text of a field: empty where there is none, the items of a list between blanks. */
export function cellText(value: MachineValue): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join(' ') : String(value);
}
