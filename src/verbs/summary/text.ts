import { FIGURES } from '../../columns/figures.ts';
import { commandLine } from '../../format/command-line.ts';
import { printTable, type TablePrinting } from '../../format/table/print-table.ts';
import { toByteString } from '../../model/byte-string.ts';
import { figureTable, kindTable, modeTable, ownerTable, processTable } from './tables.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

/** Prints summaries for people: a single process in detail, several with a row each. */
export async function printSummaries(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  printing: TablePrinting,
): Promise<void> {
  const [only] = summaries;
  if (only !== undefined && summaries.length === 1) await printOne(only, view, printing);
  else if (only !== undefined) {
    await printTable(processTable(summaries, view, printing.onTerminal), printing);
  }
  if (view.explain) explain(printing);
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
  await printTable(figureTable(summary, view, printing.sizes), printing);
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
