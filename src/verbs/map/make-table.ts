import { tablePrinting } from '../../cli/output/table-printing.ts';
import { isSummable } from '../../columns/column.ts';
import type { ByteWriter } from '../../format/byte-writer.ts';
import type { MapReport } from '../../format/report.ts';
import type { Style } from '../../format/style.ts';
import { type ChosenColumns, TableReport } from '../../format/table/table-report.ts';
import { TotalsReport } from '../../format/table/totals-report.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import type { MapOptions } from './options.ts';

/** Makes a report that is a table of chosen columns, or only their totals. @throws UsageError. */
export async function makeTable(
  chosen: ChosenColumns,
  options: MapOptions,
  writer: ByteWriter,
  style: Style,
): Promise<MapReport> {
  if (options.total && !chosen.columns.some(isSummable)) {
    throw new UsageError('--total: none of the columns can be added up');
  }
  const idle = options.total ? chosen.columns.find((column) => !isSummable(column)) : undefined;
  if (idle !== undefined && options.columns !== undefined) {
    throw new UsageError(`--total: '${idle.id}' cannot be added up`);
  }
  const printing = await tablePrinting(options, writer, style);
  return options.total
    ? new TotalsReport(chosen, printing)
    : new TableReport(chosen, printing, { isGrouped: options.groupBy !== undefined });
}
