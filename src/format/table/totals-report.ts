import { inBytes, isSummable, type NumberColumn } from '../../columns/column.ts';
import { fromByteString, toByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { TableCell, TableColumn } from '../../model/table.ts';
import { commandLine } from '../command-line.ts';
import type { ColumnSums, MapReport, ReportFields } from '../report.ts';
import { cellText } from './cell-text.ts';
import { tableColumn } from './map-table.ts';
import { printTable, type TablePrinting } from './print-table.ts';
import type { ChosenColumns } from './table-report.ts';

const PID: TableColumn = { id: 'pid', title: 'PID', kind: 'count' };
const COMMAND: TableColumn = { id: 'command', title: 'Command', kind: 'text' };

/**
 * Prints totals alone: for one column a bare number per process, which scripts can use directly, else a
 * table with a line per process.
 */
export class TotalsReport implements MapReport {
  readonly fields: ReportFields;
  readonly showsOnlyTotals = true;
  /** The columns that `end` adds up: all that is shown. */
  readonly totals: readonly NumberColumn[];
  readonly #printing: TablePrinting;
  readonly #rows: TableCell[][] = [];
  #head: ProcessHead | undefined;

  constructor(chosen: ChosenColumns, printing: TablePrinting) {
    this.fields = chosen.fields;
    this.totals = chosen.columns.filter(isSummable);
    this.#printing = printing;
  }

  title(head: ProcessHead): void {
    this.#head = head;
  }

  begin(): void {}

  row(): void {}

  end(sums: ColumnSums): void {
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
