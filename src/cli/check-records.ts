import { stringify } from 'csv-stringify/sync';
import type { CheckedProcess } from '../commands/check.ts';
import { CHECK_NAMES, checkDocument, checkRecords } from '../format/check/machine.ts';
import type { MachineFormatName } from '../format/machine/formats.ts';
import type { ReportOrigin } from '../format/report.ts';
import type { Problem } from '../model/problem.ts';

/** What a check came to, for programs: a record for each figure that was checked. */
export function recordsText(
  format: MachineFormatName,
  processes: readonly CheckedProcess[],
  problems: readonly Problem[],
  origin: ReportOrigin,
): string {
  const records = processes.flatMap(({ head, verdicts }) => checkRecords(head, verdicts));
  if (format === 'json') {
    return `${JSON.stringify(checkDocument(records, problems, origin), undefined, 1)}\n`;
  }
  if (format === 'ndjson') return records.map((record) => `${JSON.stringify(record)}\n`).join('');
  return stringify(records, {
    header: true,
    columns: [...CHECK_NAMES],
    delimiter: format === 'csv' ? ',' : '\t',
    cast: { boolean: String },
  });
}
