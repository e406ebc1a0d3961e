import { inKib } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Mapping } from '../model/mapping.ts';
import type { ProcessHead } from '../model/process.ts';
import type { ByteWriter } from './byte-writer.ts';
import { commandLine } from './command-line.ts';
import { type Cell, type FooterPart, footerColumns, type StreamedLayout } from './layout.ts';
import type { MapReport, ReportFields, ReportSubject, Sums } from './report.ts';
import { type Look, type Style, suspiciousLook } from './style.ts';
import { visible } from './visible.ts';

/** What a text report is printed with. */
export interface TextOptions {
  readonly writer: ByteWriter;
  readonly style: Style;
  /** No column heading and no footer. */
  readonly quiet: boolean;
}

/** The line that opens every text report: `1234:   command line`. */
export function writeTitle(head: ProcessHead, { writer, style }: TextOptions): void {
  writer.text(`${head.pid}:   ${commandLine(head, style.onTerminal)}\n`);
}

/** Writes a name; nearly all are printable ASCII and need no second look. */
export function writeVisible(writer: ByteWriter, text: ByteString, { onTerminal }: Style): void {
  if (!writer.printable(text)) writer.text(visible(text, onTerminal));
}

/** Prints a streamed layout: each row leaves as it comes, so nothing grows with their number. */
export class StreamedReport implements MapReport {
  readonly fields: ReportFields;
  readonly totals;
  readonly #layout: StreamedLayout;
  readonly #options: TextOptions;
  #names: NameRule | undefined;

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
    this.#names = { ...names, showPath: names.showPath || this.#layout.alwaysShowPath };
    if (this.#layout.header !== undefined)
      this.#line(this.#options.style.header, this.#layout.header);
  }

  row(mapping: Mapping): void {
    const { writer, style } = this.#options;
    const look = suspiciousLook(mapping, style);
    const { cells } = this.#layout;
    writer.text(look.open);
    for (let i = 0; i < cells.length; i++) this.#cell(cells[i] as Cell, mapping);
    writer.text(look.close);
    writer.text('\n');
  }

  #cell({ before, column, width = 0 }: Cell, mapping: Mapping): void {
    const { writer, style } = this.#options;
    writer.text(before);
    if (column.kind === 'text')
      writeVisible(writer, column.value(mapping, this.#names as NameRule), style);
    else if (column.unit === 'address') writer.hex(column.value(mapping) ?? 0, width);
    else writer.decimal(inKib(column, column.value(mapping) ?? 0), width);
  }

  end(sums: Sums): void {
    const { style } = this.#options;
    if (this.#layout.rule !== undefined) this.#line(style.header, this.#layout.rule);
    this.#line(style.total, this.#layout.footer.map((part) => footerText(part, sums)).join(''));
  }

  #line(look: Look, text: string): void {
    if (this.#options.quiet) return;
    this.#options.writer.text(`${look.open}${text}${look.close}\n`);
  }
}

function footerText(part: FooterPart, sums: Sums): string {
  if (typeof part === 'string') return part;
  return String(inKib(part.total, sums.sum(part.total))).padStart(part.width ?? 0);
}
