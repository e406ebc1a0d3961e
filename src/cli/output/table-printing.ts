import type { ByteWriter } from '../../format/byte-writer.ts';
import type { Style } from '../../format/style.ts';
import type { SizeStyle } from '../../format/table/cell-text.ts';
import type { TablePrinting } from '../../format/table/print-table.ts';
import { chalkFor } from '../../terminal/chalk-style.ts';
import { stdoutWidth } from '../../terminal/width.ts';

/** How to print tables: drawn on a terminal, as aligned plain text elsewhere. */
export async function tablePrinting(
  options: { readonly quiet: boolean; readonly human: boolean; readonly bytes: boolean },
  writer: ByteWriter,
  style: Style,
): Promise<TablePrinting> {
  const sizes: SizeStyle = options.human ? 'human' : options.bytes ? 'bytes' : 'kib';
  const { onTerminal } = style;
  const common = { writer, sizes, quiet: options.quiet, onTerminal, looks: style };
  if (!onTerminal) return { ...common, draw: undefined };
  const { terminalLines } = await import('../../format/table/terminal-table.ts');
  const isColored = style.header.open !== '';
  const terminal = { width: stdoutWidth(), chalk: chalkFor(isColored) };
  return { ...common, draw: (table, widthOf) => terminalLines(table, { ...terminal, widthOf }) };
}
