import type { MachineValue } from '../../columns/machine.ts';
import { visibleText } from '../visible.ts';
import type { Destination } from './machine-format.ts';

/** How values are written on a line. */
export interface Delimiting extends Destination {
  readonly delimiter: string;
}

const QUOTE_OR_BREAK = /["\r\n]/;

/** Values as a line, with its line end. */
export function delimitedLine(values: readonly MachineValue[], delimiting: Delimiting): string {
  const fields = values.map((value) => delimitedField(valueText(value), delimiting));
  return `${fields.join(delimiting.delimiter)}\n`;
}

/**
 * A text as a field (RFC 4180, section 2): in quotes if it holds a delimiter, a quote or a line
 * break, its own quotes doubled. Blanks belong to a field and need no quotes.
 */
export function delimitedField(text: string, { delimiter, onTerminal }: Delimiting): string {
  const shown = onTerminal ? visibleText(text) : text;
  const isPlain = !shown.includes(delimiter) && !QUOTE_OR_BREAK.test(shown);
  return isPlain ? shown : `"${shown.replaceAll('"', '""')}"`;
}

/** A value as the text of a field: empty if undefined, the items of a list joined by blanks. */
export function valueText(value: MachineValue): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join(' ') : String(value);
}
