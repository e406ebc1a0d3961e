import { type Column, inBytes, isSummable, type NumberColumn } from '../../columns/column.ts';
import { fromByteString, toByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { TableCell, TableColumn } from '../../model/table.ts';
import { commandLine } from '../command-line.ts';
import type { MapReport, ReportFields, ReportSubject, Sums } from '../report.ts';
import { cellText } from './cell-text.ts';
import { tableColumn } from './map-table.ts';
import { printTable, type TablePrinting } from './print-table.ts';
import type { ChosenColumns } from './table-report.ts';

const PID: TableColumn = { id: 'pid', title: 'PID', kind: 'count' };
const COMMAND: TableColumn = { id: 'command', title: 'Command', kind: 'text' };

/**
 * Prints totals alone: with one column a bare number per process, which a script can take as it is,
 * else a table with a line per process.
 */
export class TotalsReport implements MapReport {
  readonly fields: ReportFields;
  readonly #chosen: ChosenColumns;
  readonly #printing: TablePrinting;
  readonly #rows: TableCell[][] = [];
  #columns: readonly Column[] = [];
  #head: ProcessHead | undefined;

  constructor(chosen: ChosenColumns, printing: TablePrinting) {
    this.fields = chosen.fields;
    this.#chosen = chosen;
    this.#printing = printing;
  }

  /** Known once a process has begun: the fields of its kernel decide. */
  get totals(): readonly NumberColumn[] {
    return this.#columns.filter(isSummable);
  }

  title(head: ProcessHead): void {
    this.#head = head;
  }

  begin({ vocabulary }: ReportSubject): void {
    this.#columns = this.#chosen.choose(vocabulary);
  }

  row(): void {}

  end(sums: Sums): void {
    const head = this.#head as ProcessHead;
    const cells = this.totals.map((column) => {
      const sum = sums.known(column);
      return sum === undefined ? undefined : inBytes(column, sum);
    });
    if (cells.length === 1) {
      this.#bareNumber(cells[0]);
      return;
    }
    const command = fromByteString(commandLine(head, this.#printing.onTerminal));
    this.#rows.push([head.pid, ...cells, command]);
  }

  async close(): Promise<void> {
    if (this.#rows.length === 0) return;
    const columns = [PID, ...this.totals.map(tableColumn), COMMAND];
    await printTable({ columns, rows: this.#rows }, this.#printing);
  }

  #bareNumber(cell: TableCell): void {
    const column = tableColumn(this.totals[0] as NumberColumn);
    const { writer, sizes } = this.#printing;
    writer.text(`${toByteString(cellText(column, cell, sizes)) || '-'}\n`);
  }
}
