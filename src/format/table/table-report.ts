import { type Column, inBytes, isSummable, type NumberColumn } from '../../columns/column.ts';
import { columns as own } from '../../columns/table.ts';
import type { FieldVocabulary } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { TableCell } from '../../model/table.ts';
import { commandLine } from '../command-line.ts';
import type { MapReport, ReportFields, ReportSubject, Sums } from '../report.ts';
import { RowStore } from '../row-store.ts';
import { shareOf, withBars } from './bars.ts';
import { tableColumn, tableRow } from './map-table.ts';
import { printTable, type TablePrinting } from './print-table.ts';

/** The columns that were asked for; those of the kernel's fields differ from reading to reading. */
export interface ChosenColumns {
  readonly fields: ReportFields;
  choose(vocabulary: FieldVocabulary): readonly Column[];
}

/** Prints chosen columns of mappings, or of groups of them, as a table per process. */
export class TableReport implements MapReport {
  readonly fields: ReportFields;
  readonly needsKinds = true;
  readonly #chosen: ChosenColumns;
  readonly #printing: TablePrinting;
  readonly #hasBars: boolean;
  #rows = new RowStore();
  #subject: ReportSubject | undefined;
  #columns: readonly Column[] = [];

  constructor(
    chosen: ChosenColumns,
    printing: TablePrinting,
    { isGrouped = false }: { readonly isGrouped?: boolean } = {},
  ) {
    // Groups are drawn with a bar each; one per mapping would say nothing.
    this.#hasBars = isGrouped && printing.draw !== undefined;
    this.#chosen = chosen;
    this.#printing = printing;
    this.fields = chosen.fields;
  }

  /** Known once a process has begun: the fields of its kernel decide. */
  get totals(): readonly NumberColumn[] {
    return this.#columns.filter(isSummable);
  }

  title(head: ProcessHead): void {
    const { writer, onTerminal } = this.#printing;
    writer.text(`${head.pid}:   ${commandLine(head, onTerminal)}\n`);
  }

  begin(subject: ReportSubject): void {
    this.#subject = subject;
    this.#columns = this.#chosen.choose(subject.vocabulary);
    this.#rows = new RowStore();
  }

  row(mapping: Mapping): void {
    this.#rows.add(mapping);
  }

  end(sums: Sums): void {
    const { names } = this.#subject as ReportSubject;
    const columns = this.#columns;
    const { onTerminal } = this.#printing;
    const table = {
      columns: columns.map(tableColumn),
      rows: [...this.#rows].map((mapping) => tableRow(columns, mapping, names, onTerminal)),
      total: totalRow(columns, sums),
    };
    const rssKib = this.#hasBars ? sums.known(own.rss) : undefined;
    const bars = rssKib && [...this.#rows].map((mapping) => shareOf(mapping, rssKib));
    printTable(bars ? withBars(table, bars) : table, this.#printing);
    this.#rows = new RowStore();
  }
}

/** The totals below a table: sums where they mean something, the word where there is room for it. */
export function totalRow(columns: readonly Column[], sums: Sums): TableCell[] {
  const label = columns.findIndex(({ kind }) => kind === 'text');
  return columns.map((column, i) => {
    if (i === label) return 'total';
    const sum = isSummable(column) ? sums.known(column) : undefined;
    return sum === undefined ? undefined : inBytes(column as NumberColumn, sum);
  });
}
