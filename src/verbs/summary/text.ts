import { FIGURES } from '../../columns/figures.ts';
import { commandLine } from '../../format/command-line.ts';
import { printTable, type TablePrinting } from '../../format/table/print-table.ts';
import { toByteString } from '../../model/byte-string.ts';
import { figureTable, kindTable, modeTable, ownerTable, processTable } from './tables.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

/** Prints summaries for people: one process in full, several a line each. */
export function printSummaries(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  printing: TablePrinting,
): void {
  const [only] = summaries;
  if (only !== undefined && summaries.length === 1) printOne(only, view, printing);
  else if (only !== undefined) {
    printTable(processTable(summaries, view, printing.onTerminal), printing);
  }
  if (view.explain) explain(printing);
}

function printOne(summary: ProcessSummary, view: SummaryView, printing: TablePrinting): void {
  const { writer, onTerminal } = printing;
  const bars = printing.draw !== undefined;
  writer.text(`${summary.head.pid}:   ${commandLine(summary.head, onTerminal)}\n`);
  if (view.groupBy !== undefined) {
    printGroups(summary, view, printing);
    return;
  }
  printTable(figureTable(summary, view, printing.sizes), printing);
  if (view.figuresOnly) return;
  // A recording may hold one of the two, or neither.
  if (summary.kinds.length > 0) {
    writer.text('\n');
    printTable(kindTable(summary, view, bars), printing);
  }
  if (summary.owners.length > 0) {
    writer.text('\n');
    printTable(ownerTable(summary, view, { bars, onTerminal }), printing);
  }
}

function printGroups(summary: ProcessSummary, view: SummaryView, printing: TablePrinting): void {
  const bars = printing.draw !== undefined;
  const { onTerminal } = printing;
  const table = {
    kind: () => kindTable(summary, view, bars),
    mode: () => modeTable(summary, view, bars),
    mapping: () => ownerTable(summary, view, { bars, onTerminal }),
  }[view.groupBy ?? 'kind'];
  printTable(table(), printing);
}

function explain({ writer }: TablePrinting): void {
  for (const { column, title, explanation } of FIGURES) {
    const [counts, use] = explanation;
    writer.text(toByteString(`\n${column.id}: ${title}\n  ${counts}\n  ${use}\n`));
  }
}
