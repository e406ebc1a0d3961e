import { stringify } from 'csv-stringify/sync';
import { visibleText } from '../visible.ts';

/** How values are written. */
export interface Delimiting {
  readonly delimiter: string;
  /** What a person sees has no characters that a terminal obeys; what a program reads is exact. */
  readonly onTerminal: boolean;
}

/** Which values of a record are written, in this order, and whether their names stand above. */
export interface DelimitedRecords extends Delimiting {
  readonly columns: readonly string[];
  readonly header: boolean;
}

/** Records as lines of values, quoted as RFC 4180 says; lines end with LF alone. */
export function delimitedRecords(
  records: readonly object[],
  { columns, header, ...delimiting }: DelimitedRecords,
): string {
  return stringify([...records], { ...optionsOf(delimiting), columns: [...columns], header });
}

/** One line of values, without its end. */
export function delimitedLine(values: readonly string[], delimiting: Delimiting): string {
  return stringify([[...values]], { ...optionsOf(delimiting), eof: false });
}

function optionsOf({ delimiter, onTerminal }: Delimiting) {
  const string = onTerminal ? visibleText : (text: string) => text;
  return { delimiter, cast: { boolean: String, string } };
}
