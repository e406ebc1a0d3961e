import { type Column, inBytes, isSummable, type NumberColumn } from '../../columns/column.ts';
import type { ColumnNeeds } from '../../columns/needs.ts';
import { columns as own } from '../../columns/table.ts';
import { copyMapping, type Mapping } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { TableCell, TableColumn } from '../../model/table.ts';
import { commandLine } from '../command-line.ts';
import type { ColumnSums, MapReport, ReportFields, ReportSubject } from '../report.ts';
import { shareOf, withBars } from './bars.ts';
import { tableColumn, tableRow } from './map-table.ts';
import { printTable, printTextTable, type TablePrinting } from './print-table.ts';
import { rowTexts, TextRows } from './text-table.ts';

/** The columns that the user chose, and what must be read for them. */
export interface ChosenColumns extends ColumnNeeds {
  readonly columns: readonly Column[];
}

/** Prints chosen columns of mappings, or of groups of them, as a table per process. */
export class TableReport implements MapReport {
  readonly fields: ReportFields;
  /** The columns that `end` adds up. */
  readonly totals: readonly NumberColumn[];
  readonly #columns: readonly Column[];
  readonly #printing: TablePrinting;
  readonly #hasBars: boolean;
  #rows = new TextRows();
  /** Kept instead of `#rows` if there are bars, which depend on the sum of all groups. */
  #groups: Mapping[] = [];
  #subject: ReportSubject | undefined;
  readonly #tableColumns: readonly TableColumn[];

  constructor(
    chosen: ChosenColumns,
    printing: TablePrinting,
    { isGrouped = false }: { readonly isGrouped?: boolean } = {},
  ) {
    // A drawn table of groups has a bar per row; a bar per mapping would say nothing.
    this.#hasBars = isGrouped && printing.draw !== undefined;
    this.#columns = chosen.columns;
    this.#tableColumns = chosen.columns.map(tableColumn);
    this.#printing = printing;
    this.fields = chosen.fields;
    this.totals = chosen.columns.filter(isSummable);
  }

  title(head: ProcessHead): void {
    const { writer, onTerminal } = this.#printing;
    writer.text(`${head.pid}:   ${commandLine(head, onTerminal)}\n`);
  }

  begin(subject: ReportSubject): void {
    this.#subject = subject;
    this.#rows = new TextRows();
    this.#groups = [];
  }

  row(mapping: Mapping): void {
    if (this.#hasBars) this.#groups.push(copyMapping(mapping));
    else this.#rows.add(this.#texts(this.#cells(mapping)));
  }

  async end(sums: ColumnSums): Promise<void> {
    const columns = this.#tableColumns;
    const total = totalRow(this.#columns, sums);
    if (this.#hasBars) {
      const groups = this.#groups;
      const table = { columns, rows: groups.map((group) => this.#cells(group)), total };
      const rssKib = sums.known(own.rss);
      const bars = rssKib === undefined ? [] : groups.map((group) => shareOf(group, rssKib));
      await printTable(rssKib === undefined ? table : withBars(table, bars), this.#printing);
    } else {
      const texts = { columns, rows: this.#rows, total: this.#texts(total) };
      await printTextTable(texts, this.#printing);
    }
    this.#rows = new TextRows();
    this.#groups = [];
  }

  #cells(mapping: Mapping): TableCell[] {
    const { names } = this.#subject as ReportSubject;
    return tableRow(this.#columns, mapping, names, this.#printing.onTerminal);
  }

  #texts(cells: readonly TableCell[]): string[] {
    return rowTexts(this.#tableColumns, cells, this.#printing.sizes);
  }
}

/** The totals: sums of the columns that can be added up, and the word `total` in the first text. */
function totalRow(columns: readonly Column[], sums: ColumnSums): TableCell[] {
  const label = columns.findIndex(({ kind }) => kind === 'text');
  return columns.map((column, i) => {
    if (i === label) return 'total';
    const sum = isSummable(column) ? sums.known(column) : undefined;
    return sum === undefined ? undefined : inBytes(column as NumberColumn, sum);
  });
}
