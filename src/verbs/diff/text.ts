import { commandLine } from '../../format/command-line.ts';
import { printTable, type TablePrinting } from '../../format/table/print-table.ts';
import { visible } from '../../format/visible.ts';
import { type ByteString, fromByteString, toByteString } from '../../model/byte-string.ts';
import { formatDuration } from '../../model/duration.ts';
import { areOthers, type ComparedSide, type Comparison, knownSide } from './comparison.ts';
import { differenceTable, type Paint } from './table.ts';

/** How comparisons are printed for people. */
export interface DiffPrinting extends TablePrinting {
  readonly paint: Paint;
  /** What the totals are of, where it is not the whole process. */
  readonly scope: string | undefined;
}

/** Prints comparisons, an empty line between two. */
export async function printComparisons(
  comparisons: readonly Comparison[],
  printing: DiffPrinting,
): Promise<void> {
  for (const [i, comparison] of comparisons.entries()) {
    if (i > 0) printing.writer.text('\n');
    await printComparison(comparison, printing);
  }
}

async function printComparison(comparison: Comparison, printing: DiffPrinting): Promise<void> {
  const { before, after } = comparison;
  const { writer, quiet, scope, onTerminal } = printing;
  const isOther = areOthers(comparison);
  writer.text(isOther ? titleOf(before, onTerminal) : titleOf(knownSide(comparison), onTerminal));
  if (isOther) writer.text(titleOf(after, onTerminal));
  if (!quiet) {
    writer.text(`before: ${sideText(before, onTerminal)}\n`);
    writer.text(`after:  ${sideText(after, onTerminal)}${laterText(comparison)}\n`);
    if (scope !== undefined) writer.text(toByteString(`only:   ${visibleText(scope)}\n`));
  }
  const table = differenceTable(comparison, printing);
  await printTable(table, printing);
}

/** Nothing where it is not known who it is. */
function titleOf({ head }: ComparedSide, onTerminal: boolean): ByteString {
  if (head.pid === 0) return '';
  return `${head.pid}:   ${commandLine(head, onTerminal)}\n`;
}

function sideText({ source, moment, takenAtMs }: ComparedSide, onTerminal: boolean): ByteString {
  const name = visible(toByteString(source), onTerminal);
  const at = moment === undefined ? '' : `, moment ${moment}`;
  return takenAtMs === undefined ? name + at : `${name}${at}, ${timeText(takenAtMs)}`;
}

function laterText({ before, after }: Comparison): string {
  if (before.takenAtMs === undefined || after.takenAtMs === undefined) return '';
  const laterMs = after.takenAtMs - before.takenAtMs;
  const how = laterMs < 0 ? 'earlier' : 'later';
  return ` (${formatDuration(Math.abs(laterMs))} ${how})`;
}

/** A moment as ISO 8601 in UTC, to the second. */
function timeText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

function visibleText(text: string): string {
  return fromByteString(visible(toByteString(text), true));
}
