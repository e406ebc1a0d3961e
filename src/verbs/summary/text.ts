import { inBytes } from '../../columns/column.ts';
import { FIGURES } from '../../columns/figures.ts';
import { commandLine } from '../../format/command-line.ts';
import { cellText } from '../../format/table/cell-text.ts';
import { tableColumn } from '../../format/table/map-table.ts';
import { printTable, type TablePrinting } from '../../format/table/print-table.ts';
import { toByteString } from '../../model/byte-string.ts';
import type { Table } from '../../model/table.ts';
import { mergedTable } from './merged-table.ts';
import { figureTable, kindTable, modeTable, ownerTable, processTable, sumOver } from './tables.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

/** Prints summaries for people: a single process in detail, several with a row each. */
export async function printSummaries(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  printing: TablePrinting,
): Promise<void> {
  const [first] = summaries;
  if (first !== undefined) {
    if (view.totalOnly && view.hasChosenColumns) await printTotals(summaries, view, printing);
    else if (view.isOne) await printOne(first, view, printing);
    else await printTable(tableOfSeveral(summaries, view, printing), printing);
  }
  if (view.explain) explain(printing);
}

function tableOfSeveral(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  { sizes, onTerminal }: TablePrinting,
): Table {
  if (view.totalOnly) return figureTable((column) => sumOver(summaries, column), view, sizes);
  if (view.groupBy !== undefined) return mergedTable(summaries, view, view.groupBy, onTerminal);
  return processTable(summaries, view, onTerminal);
}

/** The totals of the chosen columns: for one column a bare number, which scripts can use directly. */
async function printTotals(
  summaries: readonly ProcessSummary[],
  { columns }: SummaryView,
  printing: TablePrinting,
): Promise<void> {
  const cells = columns.map((column) => {
    const sum = sumOver(summaries, column);
    return sum === undefined ? undefined : inBytes(column, sum);
  });
  const [only] = columns;
  if (only === undefined || columns.length > 1) {
    await printTable({ columns: columns.map(tableColumn), rows: [cells] }, printing);
    return;
  }
  const text = cellText(tableColumn(only), cells[0], printing.sizes);
  printing.writer.text(`${toByteString(text) || '-'}\n`);
}

async function printOne(
  summary: ProcessSummary,
  view: SummaryView,
  printing: TablePrinting,
): Promise<void> {
  const { writer, onTerminal } = printing;
  const bars = printing.draw !== undefined;
  writer.text(`${summary.head.pid}:   ${commandLine(summary.head, onTerminal)}\n`);
  if (view.groupBy !== undefined) {
    await printGroups(summary, view, printing);
    return;
  }
  await printTable(
    figureTable((column) => summary.totals(column), view, printing.sizes),
    printing,
  );
  if (view.figuresOnly) return;
  // A recording may hold only one of the two, or neither.
  if (summary.kinds.length > 0) {
    writer.text('\n');
    await printTable(kindTable(summary, view, bars), printing);
  }
  if (summary.owners.length > 0) {
    writer.text('\n');
    await printTable(ownerTable(summary, view, { bars, onTerminal }), printing);
  }
}

async function printGroups(
  summary: ProcessSummary,
  view: SummaryView,
  printing: TablePrinting,
): Promise<void> {
  const bars = printing.draw !== undefined;
  const { onTerminal } = printing;
  const table = {
    kind: () => kindTable(summary, view, bars),
    mode: () => modeTable(summary, view, bars),
    mapping: () => ownerTable(summary, view, { bars, onTerminal }),
  }[view.groupBy ?? 'kind'];
  await printTable(table(), printing);
}

function explain({ writer }: TablePrinting): void {
  for (const { column, title, explanation } of FIGURES) {
    const [counts, use] = explanation;
    writer.text(toByteString(`\n${column.id}: ${title}\n  ${counts}\n  ${use}\n`));
  }
}
