import { delimitedRecords } from '../../format/machine/delimited-text.ts';
import type { MachineFormatName } from '../../format/machine/formats.ts';
import { jsonDocument, jsonText } from '../../format/machine/json-text.ts';
import type { ReportOrigin } from '../../format/report.ts';
import type { Problem } from '../../model/problem.ts';
import type { CheckedProcess } from './evaluate.ts';
import { CHECK_NAMES, checkDocument, checkRecords } from './records.ts';

/** What is written of a check, and for whom. */
export interface CheckWriting {
  readonly processes: readonly CheckedProcess[];
  readonly problems: readonly Problem[];
  readonly origin: ReportOrigin;
  readonly onTerminal: boolean;
}

/** What a check came to, for programs: a record for each figure that was checked. */
export function recordsText(
  format: MachineFormatName,
  { processes, problems, origin, onTerminal }: CheckWriting,
): string {
  const records = processes.flatMap(({ head, verdicts }) => checkRecords(head, verdicts));
  if (format === 'json') return jsonDocument(checkDocument(records, problems, origin));
  if (format === 'ndjson') return records.map((record) => `${jsonText(record)}\n`).join('');
  const delimiter = format === 'csv' ? ',' : '\t';
  return delimitedRecords(records, { columns: CHECK_NAMES, header: true, delimiter, onTerminal });
}
