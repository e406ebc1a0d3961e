import { isSummable } from '../../columns/column.ts';
import type { ByteWriter } from '../../format/byte-writer.ts';
import type { MapReport } from '../../format/report.ts';
import type { Style } from '../../format/style.ts';
import type { SizeStyle } from '../../format/table/cell-text.ts';
import type { TablePrinting } from '../../format/table/print-table.ts';
import { type ChosenColumns, TableReport } from '../../format/table/table-report.ts';
import { TotalsReport } from '../../format/table/totals-report.ts';
import { textWidth } from '../../format/text-width.ts';
import { FieldVocabulary } from '../../model/fields.ts';
import { UsageError } from '../../model/usage-error.ts';
import { chalkFor } from '../../terminal/chalk-style.ts';
import { terminalWidth } from '../../terminal/width.ts';
import type { Options } from '../options/options.ts';

/** A report of chosen columns as a table, or of totals alone. */
export async function makeTableReport(
  chosen: ChosenColumns,
  options: Options,
  writer: ByteWriter,
  style: Style,
): Promise<MapReport> {
  if (options.total && !chosen.choose(new FieldVocabulary()).some(isSummable)) {
    throw new UsageError('--total: none of the columns can be added up');
  }
  const printing = await tablePrinting(options, writer, style);
  return options.total
    ? new TotalsReport(chosen, printing)
    : new TableReport(chosen, printing, { isGrouped: options.groupBy !== undefined });
}

/** How tables are printed: drawn on a terminal, plain elsewhere. */
export async function tablePrinting(
  options: Pick<Options, 'quiet' | 'human' | 'bytes' | 'color'>,
  writer: ByteWriter,
  style: Style,
): Promise<TablePrinting> {
  const sizes: SizeStyle = options.human ? 'human' : options.bytes ? 'bytes' : 'kib';
  const { onTerminal } = style;
  const common = { writer, sizes, quiet: options.quiet, onTerminal, widthOf: textWidth };
  if (!onTerminal) return { ...common, draw: undefined };
  const { terminalLines } = await import('../../format/table/terminal-table.ts');
  const isColored = style.header.open !== '';
  const terminal = { width: terminalWidth(), chalk: chalkFor(isColored) };
  return { ...common, draw: (table, each) => terminalLines(table, { ...terminal, sizes: each }) };
}
