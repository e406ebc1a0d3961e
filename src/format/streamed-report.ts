import { inKib } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Mapping } from '../model/mapping.ts';
import type { ProcessHead } from '../model/process.ts';
import type { ByteWriter } from './byte-writer.ts';
import { commandLine } from './command-line.ts';
import { type FooterPart, footerColumns, type LayoutCell, type StreamedLayout } from './layout.ts';
import type { ColumnSums, MapReport, ReportFields, ReportSubject } from './report.ts';
import { type Look, PLAIN_LOOK, type Style, suspiciousLook } from './style.ts';
import { visible } from './visible.ts';

/** How a text report is printed. */
export interface TextOptions {
  readonly writer: ByteWriter;
  readonly style: Style;
  /** No column heading and no footer. */
  readonly quiet: boolean;
}

/** Writes the first line of every text report: `1234:   command line`. */
export function writeTitle(head: ProcessHead, { writer, style }: TextOptions): void {
  writer.text(`${head.pid}:   ${commandLine(head, style.onTerminal)}\n`);
}

/** Writes a name in a form safe to show; nearly all names are printable ASCII and need no change. */
export function writeVisible(writer: ByteWriter, text: ByteString, { onTerminal }: Style): void {
  if (!writer.printable(text)) writer.text(visible(text, onTerminal));
}

/** Writes a cell of a row. */
export type WriteCell = (mapping: Mapping) => void;

/**
 * Makes a function that writes the cells of a column. There is one per kind of cell instead of one
 * for all kinds: V8 optimizes several small functions early, and a large one again and again.
 */
function cellWriter(
  { before, column, width = 0 }: LayoutCell,
  { writer, style }: TextOptions,
  names: NameRule,
): WriteCell {
  if (column.kind === 'text') {
    return (mapping) => {
      writer.text(before);
      writeVisible(writer, column.value(mapping, names), style);
    };
  }
  if (column.unit === 'address') {
    return (mapping) => {
      writer.text(before);
      writer.hex(column.value(mapping) ?? 0, width);
    };
  }
  return (mapping) => {
    writer.text(before);
    writer.decimal(inKib(column, column.value(mapping) ?? 0), width);
  };
}

/** Prints a layout row by row, so that memory does not grow with the number of rows. */
export class StreamedReport implements MapReport {
  readonly fields: ReportFields;
  readonly showsAbsentAsZero = true;
  readonly totals;
  readonly #layout: StreamedLayout;
  readonly #options: TextOptions;
  #writeCells: readonly WriteCell[] = [];

  constructor(layout: StreamedLayout, options: TextOptions) {
    this.#layout = layout;
    this.#options = options;
    this.fields = [...new Set(layout.cells.flatMap(({ column }) => column.fields))];
    this.totals = footerColumns(layout);
  }

  title(head: ProcessHead): void {
    writeTitle(head, this.#options);
  }

  begin({ names }: ReportSubject): void {
    const rule = { ...names, showPath: names.showPath || this.#layout.alwaysShowPath };
    this.#writeCells = this.#layout.cells.map((cell) => cellWriter(cell, this.#options, rule));
    if (this.#layout.header !== undefined)
      this.#line(this.#options.style.header, this.#layout.header);
  }

  row(mapping: Mapping): void {
    const { writer, style } = this.#options;
    const look = suspiciousLook(mapping, style);
    if (look !== PLAIN_LOOK) writer.text(look.open);
    for (let i = 0; i < this.#writeCells.length; i++) (this.#writeCells[i] as WriteCell)(mapping);
    if (look !== PLAIN_LOOK) writer.text(look.close);
    writer.text('\n');
  }

  end(sums: ColumnSums): void {
    const { style } = this.#options;
    if (this.#layout.rule !== undefined) this.#line(style.header, this.#layout.rule);
    this.#line(style.total, this.#layout.footer.map((part) => footerText(part, sums)).join(''));
  }

  #line(look: Look, text: string): void {
    if (this.#options.quiet) return;
    this.#options.writer.text(`${look.open}${text}${look.close}\n`);
  }
}

function footerText(part: FooterPart, sums: ColumnSums): string {
  if (typeof part === 'string') return part;
  return String(inKib(part.total, sums.sum(part.total))).padStart(part.width ?? 0);
}
