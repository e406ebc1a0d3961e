import type { Invocation } from '../../cli/invocation.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import type { ByteWriter } from '../../format/byte-writer.ts';
import { detailColumns, listedColumns } from '../../format/detail-columns.ts';
import { FORMATS, type MachineFormatName } from '../../format/machine/formats.ts';
import { type MeasuredColumns, MeasuredReport } from '../../format/measured-report.ts';
import { type LayoutName, type PmapReport, pmapLayout } from '../../format/pmap-layouts.ts';
import type { MapReport } from '../../format/report.ts';
import { StreamedReport } from '../../format/streamed-report.ts';
import type { Style } from '../../format/style.ts';
import type { ChosenColumns } from '../../format/table/table-report.ts';
import { baseColumnsFor, pmapReportFor } from './base-columns.ts';
import type { MapOptions } from './options.ts';
import type { RcSettings } from './rc-parse.ts';

/** Makes the report that a command line chooses, once the writer and the style are known. */
export interface ReportFactory {
  /** Mistakes in the rc file; the report is printed nevertheless. */
  readonly warnings: readonly string[];
  /** Whether the report shows kinds, so that mappings have to be classified. */
  readonly needsKinds: boolean;
  /** Whether it shows columns of tsmap's own tables, in whatever format. */
  readonly isOwnTable: boolean;
  make(writer: ByteWriter, style: Style): MapReport | Promise<MapReport>;
}

interface ReportInputs {
  /** Loads the function that finds columns by name. */
  loadFinder(): Promise<FindColumn>;
  /** The settings of the rc file, with -c or -C. */
  readonly rc: RcSettings | undefined;
}

/**
 * Chooses the report: a format for programs, a table of tsmap's own, or one of pmap's layouts.
 *
 * @throws UsageError.
 */
export async function chooseReport(
  options: MapOptions,
  invocation: Invocation,
  { loadFinder, rc }: ReportInputs,
): Promise<ReportFactory> {
  const { columns, groupBy, human, bytes, total } = options;
  const hasColumns = columns !== undefined || groupBy !== undefined;
  const format = formatOf(options);
  if (format !== 'text') {
    const chosen = hasColumns ? await chosenColumns(options, loadFinder) : undefined;
    return machineReport(options, format, chosen);
  }
  if (hasColumns || human || bytes || total) {
    return tableReport(options, await chosenColumns(options, loadFinder));
  }
  return pmapReport(options, invocation, rc);
}

async function chosenColumns(
  options: MapOptions,
  loadFinder: () => Promise<FindColumn>,
): Promise<ChosenColumns> {
  const { chooseColumns } = await import('../../cli/options/column-choice.ts');
  return chooseColumns(options.columns, baseColumnsFor(options), await loadFinder());
}

function machineReport(
  options: MapOptions,
  format: MachineFormatName,
  chosen: ChosenColumns | undefined,
): ReportFactory {
  return {
    warnings: [],
    // Without chosen columns, every record has the kind of its mapping.
    needsKinds: chosen?.needsKinds ?? true,
    isOwnTable: chosen !== undefined,
    make: async (writer, { onTerminal }) => {
      const { setFlagsFromString } = await import('node:v8');
      // Each row leaves garbage. By default, V8 lets its young generation grow to 50 MB.
      setFlagsFromString('--semi-space-growth-factor=1');
      // All fields of the kernel, except with -d, for which maps is enough.
      const fields = chosen?.fields ?? (options.device ? [] : 'available');
      const columns = chosen?.columns;
      return (await FORMATS[format].load()).mappings(writer, { fields, columns, onTerminal });
    },
  };
}

function tableReport(options: MapOptions, chosen: ChosenColumns): ReportFactory {
  return {
    warnings: [],
    needsKinds: chosen.needsKinds,
    isOwnTable: true,
    make: async (writer, style) => {
      const { makeTable } = await import('./make-table.ts');
      return makeTable(chosen, options, writer, style);
    },
  };
}

function pmapReport(
  options: MapOptions,
  invocation: Invocation,
  rc: RcSettings | undefined,
): ReportFactory {
  const { quiet } = options;
  const columns = measuredColumns(options, rc);
  if (columns !== undefined) {
    return {
      warnings: rc?.warnings ?? [],
      needsKinds: false,
      isOwnTable: false,
      make: (writer, style) => new MeasuredReport(columns, { writer, style, quiet }),
    };
  }
  const name: LayoutName = options.layout ?? invocation.layout();
  const layout = pmapLayout(name, pmapReportFor(options) as PmapReport, invocation.addressWidth);
  return {
    warnings: [],
    needsKinds: false,
    isOwnTable: false,
    make: (writer, style) => new StreamedReport(layout, { writer, style, quiet }),
  };
}

/** The columns of -X, -XX, -c and -C, which are as wide as their content; undefined for other reports. */
function measuredColumns(
  { detail }: MapOptions,
  rc: RcSettings | undefined,
): MeasuredColumns | undefined {
  if (rc !== undefined) return listedColumns(rc.fields, rc.togglesPath);
  return detail > 0 ? detailColumns(detail > 1) : undefined;
}
