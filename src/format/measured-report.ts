import type { Column, NumberColumn } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { ProcessHead } from '../model/process.ts';
import { countDigits } from './byte-writer.ts';
import type { AllFieldsBut, ColumnSums, MapReport, ReportFields, ReportSubject } from './report.ts';
import { RowStore } from './row-store.ts';
import { type TextOptions, type WriteCell, writeTitle, writeVisible } from './streamed-report.ts';
import { PLAIN_LOOK, suspiciousLook } from './style.ts';
import { visible } from './visible.ts';
import { type MeasuredCell, Widths } from './widths.ts';

/** The columns of a measured report, chosen once the kernel's fields are known. */
export interface MeasuredColumns {
  /** The smaps fields to read: all that might be shown. */
  readonly fields: ReportFields | AllFieldsBut;
  /** The columns in order, right-aligned; columns of numbers get a total. */
  choose(vocabulary: FieldVocabulary): readonly Column[];
  /** The name at the end of the row, if it is shown. */
  readonly name: Column | undefined;
  /** Whether an rc file inverts the user's `-p`. */
  readonly togglesPath: boolean;
}

/**
 * Makes a function that writes the cells of a column, after a blank unless it is the first. A cell
 * stays blank if the kernel reported no value: absent is not zero. There is one function per kind
 * of cell, as in StreamedReport.
 */
function cellWriter(
  { column, width }: MeasuredCell,
  { writer, style }: TextOptions,
  { names, isFirst }: { readonly names: NameRule; readonly isFirst: boolean },
): WriteCell {
  const gap = isFirst ? 0 : 1;
  if (column.kind === 'number') {
    return (mapping) => {
      const value = column.value(mapping);
      if (value === undefined) writer.blanks(gap + width);
      else {
        writer.blanks(gap);
        writer.decimal(value, width);
      }
    };
  }
  const { hexadecimal } = column;
  if (hexadecimal !== undefined) {
    return (mapping) => {
      const number = hexadecimal.number(mapping);
      const digits = Math.max(hexadecimal.digits, countDigits(number, 16));
      writer.blanks(gap + width - digits);
      writer.hex(number, digits);
    };
  }
  return (mapping) => {
    const text = visible(column.value(mapping, names), style.onTerminal);
    writer.blanks(gap + width - text.length);
    writer.text(text);
  };
}

/**
 * Prints a layout whose columns are as wide as their contents (-X, -XX, -c). It keeps the rows, so
 * that the kernel's file is read once: pmap reads it twice to learn the widths.
 */
export class MeasuredReport implements MapReport {
  readonly fields: ReportFields | AllFieldsBut;
  readonly #columns: MeasuredColumns;
  readonly #options: TextOptions;
  #rows = new RowStore();
  #subject: ReportSubject | undefined;
  #widths = new Widths([]);

  constructor(columns: MeasuredColumns, options: TextOptions) {
    this.fields = columns.fields;
    this.#columns = columns;
    this.#options = options;
  }

  /** Known once a process has begun: they depend on the fields of the kernel. */
  get totals(): readonly NumberColumn[] {
    return this.#widths.columns.filter((column) => column.kind === 'number');
  }

  title(head: ProcessHead): void {
    writeTitle(head, this.#options);
  }

  begin(subject: ReportSubject): void {
    const showPath = subject.names.showPath !== this.#columns.togglesPath;
    this.#subject = { ...subject, names: { ...subject.names, showPath } };
    this.#widths = new Widths(this.#columns.choose(subject.vocabulary));
    this.#rows = new RowStore();
  }

  row(mapping: Mapping): void {
    this.#rows.add(mapping);
    this.#widths.add(mapping, this.#names);
  }

  end(sums: ColumnSums): void {
    const { vocabulary } = this.#subject as ReportSubject;
    const { quiet } = this.#options;
    // A process without memory has no fields; one whose mappings were all filtered out has.
    if (this.#rows.count === 0 && vocabulary.order.length === 0) return;
    const cells = this.#measured(vocabulary).cells({ quiet, sums });
    if (!quiet) this.#heading(cells);
    const writers = this.#cellWriters(cells);
    this.#rows.visit((mapping) => this.#printRow(writers, mapping));
    if (!quiet) this.#footer(cells);
    this.#rows = new RowStore();
  }

  get #names(): NameRule {
    return (this.#subject as ReportSubject).names;
  }

  /** The widths measured row by row, or new ones if later rows had other fields. */
  #measured(vocabulary: FieldVocabulary): Widths {
    const widths = new Widths(this.#columns.choose(vocabulary));
    if (widths.measuresLike(this.#widths)) return this.#widths;
    this.#rows.visit((mapping) => widths.add(mapping, this.#names));
    return widths;
  }

  #heading(cells: readonly MeasuredCell[]): void {
    const { header } = this.#options.style;
    const titles = cells.map(({ column, width }) => `${column.title.padStart(width)} `).join('');
    this.#options.writer.text(
      `${header.open}${titles}${this.#columns.name?.title ?? ''}${header.close}\n`,
    );
  }

  #printRow(cells: readonly WriteCell[], mapping: Mapping): void {
    const { writer, style } = this.#options;
    const look = suspiciousLook(mapping, style);
    if (look !== PLAIN_LOOK) writer.text(look.open);
    for (let i = 0; i < cells.length; i++) (cells[i] as WriteCell)(mapping);
    if (look !== PLAIN_LOOK) writer.text(look.close);
    writer.text('\n');
  }

  /** Functions that write the cells of a row, and the name after them. */
  #cellWriters(cells: readonly MeasuredCell[]): WriteCell[] {
    const { writer, style } = this.#options;
    const { name } = this.#columns;
    const names = this.#names;
    const writers = cells.map((cell, i) =>
      cellWriter(cell, this.#options, { names, isFirst: i === 0 }),
    );
    if (name?.kind !== 'text') return writers;
    const writeName = (mapping: Mapping) => {
      writer.text(' ');
      writeVisible(writer, name.value(mapping, names), style);
    };
    return [...writers, writeName];
  }

  /** A double rule and the totals, below the numbers only; the unit ends the line. */
  #footer(cells: readonly MeasuredCell[]): void {
    const { writer, style } = this.#options;
    const sums = cells.filter(({ column }) => column.kind === 'number');
    if (sums.length === 0) return;
    const first = cells.indexOf(sums[0] as MeasuredCell);
    const indent = ' '.repeat(cells.slice(0, first).reduce((sum, { width }) => sum + width + 1, 0));
    const rules = sums.map(({ width }) => `${'='.repeat(width)} `).join('');
    const totals = sums.map(({ total, width }) => `${String(total).padStart(width)} `).join('');
    writer.text(`${style.header.open}${indent}${rules}${style.header.close}\n`);
    writer.text(`${style.total.open}${indent}${totals}KB ${style.total.close}\n`);
  }
}
