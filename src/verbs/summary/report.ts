import { formatOf } from '../../cli/options/shared-options.ts';
import { printDocument } from '../../cli/output/print-document.ts';
import { stdoutStyle, stdoutWriter } from '../../cli/output/stdout.ts';
import { tablePrinting } from '../../cli/output/table-printing.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { originOf, type Sources } from '../../sources/open-sources.ts';
import type { SummaryOptions } from './options.ts';
import { summaryDocument } from './records.ts';
import { printSummaries } from './text.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

/** Result of `tsmap summary`. */
export interface SummaryResult {
  readonly summaries: readonly ProcessSummary[];
  readonly problems: readonly Problem[];
  readonly root: string;
  readonly view: SummaryView;
  readonly recorded: Sources['recorded'];
}

/** Writes summaries in the format that was asked for. @throws WriteError. */
export async function reportSummaries(
  { summaries, problems, root, view, recorded }: SummaryResult,
  options: SummaryOptions,
): Promise<void> {
  const format = formatOf(options);
  if (format !== 'text') {
    const origin = () => originOf(root, options.from, recorded);
    await printDocument(format, summaryDocument(summaries, view, { origin, problems }));
    return;
  }
  const writer = stdoutWriter();
  const style = await stdoutStyle(options.color);
  await printSummaries(summaries, view, await tablePrinting(options, writer, style));
  writer.flush();
}
