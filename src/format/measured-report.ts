import type { Column, NumberColumn } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { ProcessHead } from '../model/process.ts';
import type { AllFieldsBut, MapReport, ReportFields, ReportSubject, Sums } from './report.ts';
import { RowStore } from './row-store.ts';
import { type TextOptions, writeTitle, writeVisible } from './streamed-report.ts';
import { suspiciousLook } from './style.ts';
import { visible } from './visible.ts';
import { type MeasuredCell, Widths } from './widths.ts';

/** The columns of a measured report: known only when all fields of the kernel are. */
export interface MeasuredColumns {
  /** What has to be read, all that may be shown. */
  readonly fields: ReportFields | AllFieldsBut;
  /** Right-aligned, in this order; columns of numbers get a total. */
  choose(vocabulary: FieldVocabulary): readonly Column[];
  /** Whether the name of the mapping stands at the end of the row. */
  readonly name: Column | undefined;
  /** Whether a path setting of its own turns the user's `-p` around. */
  readonly togglesPath: boolean;
}

/**
 * Prints a layout whose columns are as wide as what stands in them (-X, -XX, -c). It keeps the rows,
 * so that the kernel's file is read once: pmap reads it twice to learn the widths.
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

  /** Known once a process has begun: the fields of its kernel decide. */
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

  end(sums: Sums): void {
    const { vocabulary } = this.#subject as ReportSubject;
    const { quiet } = this.#options;
    // A process without memory has no fields either; one of which nothing was let through has.
    if (this.#rows.count === 0 && vocabulary.order.length === 0) return;
    const cells = this.#measured(vocabulary).cells({ quiet, sums });
    if (!quiet) this.#heading(cells);
    this.#rows.show((mapping) => this.#printRow(cells, mapping));
    if (!quiet) this.#footer(cells);
    this.#rows = new RowStore();
  }

  get #names(): NameRule {
    return (this.#subject as ReportSubject).names;
  }

  /** The widths as they were measured on the way, unless the kernel came up with other fields. */
  #measured(vocabulary: FieldVocabulary): Widths {
    const widths = new Widths(this.#columns.choose(vocabulary));
    if (widths.measuresLike(this.#widths)) return this.#widths;
    this.#rows.show((mapping) => widths.add(mapping, this.#names));
    return widths;
  }

  #heading(cells: readonly MeasuredCell[]): void {
    const { header } = this.#options.style;
    const titles = cells.map(({ column, width }) => `${column.title.padStart(width)} `).join('');
    this.#options.writer.text(
      `${header.open}${titles}${this.#columns.name?.title ?? ''}${header.close}\n`,
    );
  }

  #printRow(cells: readonly MeasuredCell[], mapping: Mapping): void {
    const { writer, style } = this.#options;
    const { name } = this.#columns;
    const look = suspiciousLook(mapping, style);
    writer.text(look.open);
    for (let i = 0; i < cells.length; i++) {
      if (i > 0) writer.text(' ');
      this.#cell(cells[i] as MeasuredCell, mapping);
    }
    if (name !== undefined) {
      writer.text(' ');
      if (name.kind === 'text') writeVisible(writer, name.value(mapping, this.#names), style);
    }
    writer.text(look.close);
    writer.text('\n');
  }

  /** Where the kernel gave no value the cell stays blank: absent is not zero. */
  #cell({ column, width }: MeasuredCell, mapping: Mapping): void {
    const { writer, style } = this.#options;
    if (column.kind === 'text') {
      const text = visible(column.value(mapping, this.#names), style.onTerminal);
      writer.text(text.length < width ? text.padStart(width) : text);
      return;
    }
    const value = column.value(mapping);
    if (value === undefined) writer.text(' '.repeat(width));
    else writer.decimal(value, width);
  }

  /** Totals stand under a double rule, below the numbers alone, and end with their unit. */
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
