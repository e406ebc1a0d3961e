import type { Column, NumberColumn } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import type { ProcessHead } from '../model/process.ts';
import { countDigits } from './byte-writer.ts';
import type { MapReport, ReportSubject, Sums } from './report.ts';
import { RowStore } from './row-store.ts';
import { type TextOptions, writeTitle } from './streamed-report.ts';
import { suspiciousLook } from './style.ts';
import { visible } from './visible.ts';

/** The columns of a measured report: known only when all fields of the kernel are. */
export interface MeasuredColumns {
  /** Right-aligned, in this order; columns of numbers get a total. */
  choose(vocabulary: FieldVocabulary): readonly Column[];
  /** Whether the name of the mapping stands at the end of the row. */
  readonly name: Column | undefined;
  /** Whether a path setting of its own turns the user's `-p` around. */
  readonly togglesPath: boolean;
}

/** One column with what the rows say about it. */
interface Measured {
  readonly column: Column;
  width: number;
  total: number;
}

/**
 * Prints a layout whose columns are as wide as what stands in them (-X, -XX, -c). It keeps the rows,
 * so that the kernel's file is read once: pmap reads it twice to learn the widths.
 */
export class MeasuredReport implements MapReport {
  readonly fields = 'all';
  readonly #columns: MeasuredColumns;
  readonly #options: TextOptions;
  #rows = new RowStore();
  #subject: ReportSubject | undefined;
  #chosen: readonly Column[] = [];

  constructor(columns: MeasuredColumns, options: TextOptions) {
    this.#columns = columns;
    this.#options = options;
  }

  /** Known once a process has begun: the fields of its kernel decide. */
  get totals(): readonly NumberColumn[] {
    return this.#chosen.filter((column) => column.kind === 'number');
  }

  title(head: ProcessHead): void {
    writeTitle(head, this.#options);
  }

  begin(subject: ReportSubject): void {
    const showPath = subject.names.showPath !== this.#columns.togglesPath;
    this.#subject = { ...subject, names: { ...subject.names, showPath } };
    this.#chosen = this.#columns.choose(subject.vocabulary);
    this.#rows = new RowStore();
  }

  row(mapping: Mapping): void {
    this.#rows.add(mapping);
  }

  end(sums: Sums): void {
    const { names, vocabulary } = this.#subject as ReportSubject;
    const { quiet } = this.#options;
    // A process without memory has no fields either; one of which nothing was let through has.
    if (this.#rows.count === 0 && vocabulary.order.length === 0) return;
    const cells = measure(this.#columns.choose(vocabulary), this.#rows, names, { quiet, sums });
    if (!quiet) this.#heading(cells);
    for (const mapping of this.#rows) this.#printRow(cells, mapping, names);
    if (!quiet) this.#footer(cells);
    this.#rows = new RowStore();
  }

  #heading(cells: readonly Measured[]): void {
    const { header } = this.#options.style;
    const titles = cells.map(({ column, width }) => `${column.title.padStart(width)} `).join('');
    this.#options.writer.text(
      `${header.open}${titles}${this.#columns.name?.title ?? ''}${header.close}\n`,
    );
  }

  #printRow(cells: readonly Measured[], mapping: Mapping, names: NameRule): void {
    const { writer, style } = this.#options;
    const look = suspiciousLook(mapping, style);
    writer.text(look.open);
    for (let i = 0; i < cells.length; i++) {
      if (i > 0) writer.text(' ');
      this.#cell(cells[i] as Measured, mapping, names);
    }
    if (this.#columns.name !== undefined) {
      writer.text(` ${visible(textOf(this.#columns.name, mapping, names), style.onTerminal)}`);
    }
    writer.text(`${look.close}\n`);
  }

  /** Where the kernel gave no value the cell stays blank: absent is not zero. */
  #cell({ column, width }: Measured, mapping: Mapping, names: NameRule): void {
    const { writer, style } = this.#options;
    const value = column.kind === 'number' ? column.value(mapping) : undefined;
    if (value !== undefined) writer.decimal(value, width);
    else writer.text(visible(textOf(column, mapping, names), style.onTerminal).padStart(width));
  }

  /** Totals stand under a double rule, below the numbers alone, and end with their unit. */
  #footer(cells: readonly Measured[]): void {
    const { writer, style } = this.#options;
    const sums = cells.filter(({ column }) => column.kind === 'number');
    if (sums.length === 0) return;
    const first = cells.indexOf(sums[0] as Measured);
    const indent = ' '.repeat(cells.slice(0, first).reduce((sum, { width }) => sum + width + 1, 0));
    const rules = sums.map(({ width }) => `${'='.repeat(width)} `).join('');
    const totals = sums.map(({ total, width }) => `${String(total).padStart(width)} `).join('');
    writer.text(`${style.header.open}${indent}${rules}${style.header.close}\n`);
    writer.text(`${style.total.open}${indent}${totals}KB ${style.total.close}\n`);
  }
}

function textOf(column: Column, mapping: Mapping, names: NameRule): ByteString {
  return column.kind === 'text' ? column.value(mapping, names) : '';
}

/** How wide each column must be: for its values, and unless `quiet` for title and total as well. */
function measure(
  columns: readonly Column[],
  rows: Iterable<Mapping>,
  names: NameRule,
  { quiet, sums }: { readonly quiet: boolean; readonly sums: Sums },
): Measured[] {
  const cells = columns.map((column) => ({ column, width: 0, total: 0 }));
  for (const mapping of rows) {
    for (const cell of cells) {
      const value = cell.column.kind === 'number' ? cell.column.value(mapping) : undefined;
      cell.total += value ?? 0;
      const width =
        value !== undefined ? countDigits(value, 10) : textOf(cell.column, mapping, names).length;
      if (width > cell.width) cell.width = width;
    }
  }
  if (quiet) return cells;
  return cells.map(({ column, width, total: ofRows }) => {
    // Totals are those of all that was let through; a field that came up late is summed here.
    const total = (column.kind === 'number' ? sums.known(column) : undefined) ?? ofRows;
    const least = column.kind === 'number' ? countDigits(total, 10) : 0;
    return { column, total, width: Math.max(width, column.title.length, least) };
  });
}
