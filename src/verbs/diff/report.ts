import { formatOf } from '../../cli/options/shared-options.ts';
import { printDocument } from '../../cli/output/print-document.ts';
import { stdoutStyle, stdoutWriter } from '../../cli/output/stdout.ts';
import { tablePrinting } from '../../cli/output/table-printing.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';
import { readSystem } from '../../proc/system.ts';
import { chalkFor } from '../../terminal/chalk-style.ts';

import type { DiffFindings } from './findings.ts';
import type { DiffOptions } from './options.ts';
import { diffDocument } from './records.ts';
import { type ChangeColors, NO_COLORS } from './table.ts';
import { printComparisons, printOneSided } from './text.ts';

/** Result of `tsmap diff`. */
export interface DiffResult extends DiffFindings {
  /** The root from which live processes were read; undefined if none was. */
  readonly root: string | undefined;
}

/** Writes a comparison in the format that was asked for. */
export async function reportDiff(result: DiffResult, options: DiffOptions): Promise<void> {
  const format = formatOf(options);
  if (format === 'text') {
    await printText(result, options);
    return;
  }
  const origin = () => diffOrigin(result);
  await printDocument(format, diffDocument(result, origin));
}

/** The origin of the report. Files do not say which machine they come from. */
function diffOrigin({ root }: DiffResult): ReportOrigin {
  const takenAt = new Date().toISOString();
  if (root === undefined) return { takenAt, host: undefined, kernel: undefined };
  return { takenAt, ...readSystem(root) };
}

async function printText(result: DiffResult, options: DiffOptions): Promise<void> {
  const writer = stdoutWriter();
  const style = await stdoutStyle(options.color);
  const scope = options.filter === undefined ? undefined : `rows for which ${options.filter}`;
  const isColored = style.header.open !== '';
  const colors = isColored ? changeColors() : NO_COLORS;
  const printing = { ...(await tablePrinting(options, writer, style)), colors, scope };
  await printComparisons(result.comparisons, printing);
  printOneSided(result, printing);
  writer.flush();
}

function changeColors(): ChangeColors {
  const chalk = chalkFor(true);
  return {
    grew: (text) => chalk.red(text),
    shrank: (text) => chalk.green(text),
    total: (text) => chalk.bold(text),
  };
}
