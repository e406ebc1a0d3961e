import { print } from '../../cli/output/print.ts';
import { sinkTo } from '../../cli/output/sink.ts';
import { tablePrinting } from '../../cli/output/table-printing.ts';
import { ByteWriter } from '../../format/byte-writer.ts';
import { delimitedRecords } from '../../format/machine/delimited-text.ts';
import { jsonDocument, jsonText } from '../../format/machine/json-text.ts';
import type { ReportOrigin } from '../../format/report.ts';
import { readSystem } from '../../proc/system.ts';
import { chalkFor } from '../../terminal/chalk-style.ts';
import { chooseStyle, isStdoutTerminal } from '../../terminal/color.ts';
import { printOneSided } from './one-sided.ts';
import type { DiffOptions } from './options.ts';
import { type DiffDocument, diffDocument, lineNames, lineRecord } from './records.ts';
import { type Paint, PLAIN_PAINT } from './table.ts';
import { printComparisons } from './text.ts';

/** What `tsmap diff` came to. */
export interface DiffResult extends DiffDocument {
  /** Where live processes were read; undefined where none was. */
  readonly root: string | undefined;
}

const STDOUT = 1;

/** Writes a comparison in the format that was asked for. */
export async function reportDiff(result: DiffResult, options: DiffOptions): Promise<void> {
  const format = options.json ? 'json' : (options.format ?? 'text');
  if (format === 'text') await printText(result, options);
  else if (format === 'json') {
    print(jsonDocument(diffDocument(result, originOf(result))));
  } else if (format === 'ndjson') {
    print(
      records(result)
        .map((each) => `${jsonText(each)}\n`)
        .join(''),
    );
  } else print(delimited(result, format === 'csv' ? ',' : '\t', await isStdoutTerminal()));
}

/** Files do not say where they come from, and need not be of this machine. */
function originOf({ root }: DiffResult): ReportOrigin {
  const takenAt = new Date().toISOString();
  if (root === undefined) return { takenAt, host: undefined, kernel: undefined };
  return { takenAt, ...readSystem(root) };
}

function records({ comparisons }: DiffResult) {
  return comparisons.flatMap((each) => each.rows.map((row) => lineRecord(row, each)));
}

function delimited(result: DiffResult, delimiter: string, onTerminal: boolean): string {
  const [first] = result.comparisons;
  if (first === undefined) return '';
  const columns = lineNames(first.columns, first.by);
  return delimitedRecords(records(result), { header: true, columns, delimiter, onTerminal });
}

async function printText(result: DiffResult, options: DiffOptions): Promise<void> {
  const writer = new ByteWriter(sinkTo(STDOUT));
  const style = await chooseStyle(options.color);
  const scope = options.filter === undefined ? undefined : `rows for which ${options.filter}`;
  const isColored = style.header.open !== '';
  const paint = isColored ? colors() : PLAIN_PAINT;
  const printing = { ...(await tablePrinting(options, writer, style)), paint, scope };
  await printComparisons(result.comparisons, printing);
  printOneSided(result, printing);
  writer.flush();
}

function colors(): Paint {
  const chalk = chalkFor(true);
  return {
    grew: (text) => chalk.red(text),
    shrank: (text) => chalk.green(text),
    total: (text) => chalk.bold(text),
  };
}
