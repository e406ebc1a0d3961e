import { commandLine } from '../../format/command-line.ts';
import { printTable, type TablePrinting } from '../../format/table/print-table.ts';
import { visible } from '../../format/visible.ts';
import { type ByteString, toByteString } from '../../model/byte-string.ts';
import { formatDuration } from '../../model/units/duration.ts';
import {
  areDifferentProcesses,
  type ComparedSide,
  type Comparison,
  knownSide,
} from './comparison.ts';
import type { DiffFindings } from './findings.ts';
import { type ChangeColors, differenceTable } from './table.ts';

/** How to print comparisons for people. */
export interface DiffPrinting extends TablePrinting {
  readonly colors: ChangeColors;
  /** The part of the process that the totals cover, if it is not the whole. */
  readonly scope: string | undefined;
}

/** Prints comparisons with empty lines between them. */
export async function printComparisons(
  comparisons: readonly Comparison[],
  printing: DiffPrinting,
): Promise<void> {
  for (const [i, comparison] of comparisons.entries()) {
    if (i > 0) printing.writer.text('\n');
    await printComparison(comparison, printing);
  }
}

/** Prints which processes are on one side only, and so were not compared. */
export function printOneSided(
  { comparisons, onlyBefore, onlyAfter }: DiffFindings,
  { writer, onTerminal }: TablePrinting,
): void {
  const line = ({ head }: ComparedSide, when: string) =>
    `${head.pid}:   ${commandLine(head, onTerminal)}: only ${when}\n`;
  const lines = [
    ...onlyBefore.map((side) => line(side, 'before')),
    ...onlyAfter.map((side) => line(side, 'after')),
  ];
  if (lines.length > 0 && comparisons.length > 0) writer.text('\n');
  for (const each of lines) writer.text(each);
}

async function printComparison(comparison: Comparison, printing: DiffPrinting): Promise<void> {
  const { before, after } = comparison;
  const { writer, quiet, scope, onTerminal } = printing;
  const titled = areDifferentProcesses(comparison) ? [before, after] : [knownSide(comparison)];
  for (const side of titled) writer.text(titleOf(side, onTerminal));
  if (!quiet) {
    writer.text(`before: ${sideText(before, onTerminal)}\n`);
    writer.text(`after:  ${sideText(after, onTerminal)}${elapsedText(comparison)}\n`);
    if (scope !== undefined) writer.text(`only:   ${visible(toByteString(scope), true)}\n`);
  }
  const table = differenceTable(comparison, printing);
  await printTable(table, printing);
}

/** The line that names the process; empty if the process is not known. */
function titleOf({ head }: ComparedSide, onTerminal: boolean): ByteString {
  if (head.pid === 0) return '';
  return `${head.pid}:   ${commandLine(head, onTerminal)}\n`;
}

function sideText({ source, moment, takenAtMs }: ComparedSide, onTerminal: boolean): ByteString {
  const name = visible(toByteString(source), onTerminal);
  const at = moment === undefined ? '' : `, moment ${moment}`;
  return takenAtMs === undefined ? name + at : `${name}${at}, ${timeText(takenAtMs)}`;
}

function elapsedText({ before, after }: Comparison): string {
  if (before.takenAtMs === undefined || after.takenAtMs === undefined) return '';
  const laterMs = after.takenAtMs - before.takenAtMs;
  const direction = laterMs < 0 ? 'earlier' : 'later';
  return ` (${formatDuration(Math.abs(laterMs))} ${direction})`;
}

/** A time in ISO 8601, UTC, without fractions of seconds. */
function timeText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
