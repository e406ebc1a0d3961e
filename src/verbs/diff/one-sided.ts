import { commandLine } from '../../format/command-line.ts';
import type { TablePrinting } from '../../format/table/print-table.ts';
import type { ComparedSide } from './comparison.ts';
import type { DiffFindings } from './records.ts';

/** Says which processes were there on one side alone, and so could not be compared. */
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
