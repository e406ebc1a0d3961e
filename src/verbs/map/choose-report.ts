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
import type { RowRequest } from '../../sources/rows/row-plan.ts';
import type { MapOptions } from './options.ts';
import { defaultRcFile, namedRcFile, readRcFile } from './rc-file.ts';
import type { RcSettings } from './rc-parse.ts';

/** How a report is made, once it is known where it goes. */
export interface Shape {
  /** Mistakes in the rc file that do not keep the report back. */
  readonly warnings: readonly string[];
  /** Whether kinds are shown, so that mappings have to be classified. */
  readonly needsKinds: boolean;
  make(writer: ByteWriter, style: Style): MapReport | Promise<MapReport>;
}

/** The columns of each report of pmap, to which `--columns +NAME` adds. */
const BASE_COLUMNS: Readonly<Record<PmapReport | 'detail' | 'group' | 'total', readonly string[]>> =
  {
    default: ['address', 'size', 'mode', 'mapping'],
    extended: ['address', 'size', 'rss', 'dirty', 'mode', 'mapping'],
    device: ['address', 'size', 'mode', 'offset', 'device', 'mapping'],
    detail: ['address', 'perm', 'size', 'rss', 'pss', 'uss', 'dirty', 'swap', 'mapping'],
    group: ['mappings', 'size', 'rss', 'pss', 'uss', 'swap'],
    total: ['size', 'rss', 'pss', 'uss', 'swap'],
  };

/** What a shape is made from besides options. */
interface Sources {
  /** Loads what finds columns by their names. */
  find(): Promise<FindColumn>;
  /** What the rc file says, where one was asked for. */
  readonly rc: RcSettings | undefined;
}

/** The shape that options ask for. @throws UsageError, RcError. */
export async function shapeOf(
  options: MapOptions,
  invocation: Invocation,
  { find, rc }: Sources,
): Promise<Shape> {
  const format = formatOf(options);
  if (format !== 'text') {
    const chosen = isChosen(options) ? await chosenColumns(options, find) : undefined;
    return machineShape(options, format, chosen);
  }
  if (isTable(options)) return tableShape(options, await chosenColumns(options, find));
  return pmapShape(options, invocation, rc);
}

/** Whether the report is a table of tsmap's own instead of one of pmap's. */
function isTable({ columns, groupBy, human, bytes, total }: MapOptions): boolean {
  return columns !== undefined || groupBy !== undefined || human || bytes || total;
}

/** What rows are chosen by; undefined where all are shown as they come. */
export function rowRequestOf(options: MapOptions): RowRequest | undefined {
  const { range, filter, sort, top, groupBy } = options;
  const isAsked = [range, filter, sort, top, groupBy].some((each) => each !== undefined);
  return isAsked ? { range, filter, sort, top, groupBy } : undefined;
}

function reportOf({ extended, device, detail }: MapOptions): PmapReport | 'detail' {
  if (detail > 0) return 'detail';
  if (extended) return 'extended';
  return device ? 'device' : 'default';
}

function baseColumnsOf(options: MapOptions): readonly string[] {
  if (options.total) return BASE_COLUMNS.total;
  if (options.groupBy === undefined) return BASE_COLUMNS[reportOf(options)];
  const label = { mapping: 'mapping', kind: 'kind', mode: 'mode' }[options.groupBy];
  return [...BASE_COLUMNS.group, label];
}

function machineShape(
  options: MapOptions,
  format: MachineFormatName,
  chosen: ChosenColumns | undefined,
): Shape {
  return {
    warnings: [],
    // Where no columns are chosen the kind is among the members of a mapping.
    needsKinds: chosen?.needsKinds ?? true,
    make: async (writer, { onTerminal }) => {
      const { setFlagsFromString } = await import('node:v8');
      // Each row leaves garbage. Left alone, V8 lets its nursery grow to 50 MB before it clears it.
      setFlagsFromString('--semi-space-growth-factor=1');
      // All that the kernel says, unless a report was named that maps is enough for.
      const fields = chosen?.fields ?? (options.device ? [] : 'all');
      const columns = chosen?.columns;
      return (await FORMATS[format].load()).mappings(writer, { fields, columns, onTerminal });
    },
  };
}

function isChosen({ columns, groupBy }: MapOptions): boolean {
  return columns !== undefined || groupBy !== undefined;
}

async function chosenColumns(
  options: MapOptions,
  find: () => Promise<FindColumn>,
): Promise<ChosenColumns> {
  const { chooseColumns } = await import('../../cli/options/column-choice.ts');
  return chooseColumns(options.columns, baseColumnsOf(options), await find());
}

function tableShape(options: MapOptions, chosen: ChosenColumns): Shape {
  return {
    warnings: [],
    needsKinds: chosen.needsKinds,
    make: async (writer, style) => {
      const { makeTableReport } = await import('./table-report.ts');
      return makeTableReport(chosen, options, writer, style);
    },
  };
}

function pmapShape(options: MapOptions, invocation: Invocation, rc: RcSettings | undefined): Shape {
  const { quiet } = options;
  const columns = measuredColumns(options, rc);
  if (columns !== undefined) {
    const warnings = rc?.warnings ?? [];
    return {
      warnings,
      needsKinds: false,
      make: (writer, style) => new MeasuredReport(columns, { writer, style, quiet }),
    };
  }
  const name: LayoutName = options.layout ?? invocation.layout();
  const layout = pmapLayout(name, reportOf(options) as PmapReport, invocation.addressWidth);
  return {
    warnings: [],
    needsKinds: false,
    make: (writer, style) => new StreamedReport(layout, { writer, style, quiet }),
  };
}

/** The reports whose columns fit what stands in them: -X, -XX, -c, -C. */
function measuredColumns(
  { detail }: MapOptions,
  rc: RcSettings | undefined,
): MeasuredColumns | undefined {
  if (rc !== undefined) return listedColumns(rc.fields, rc.togglesPath);
  return detail > 0 ? detailColumns(detail > 1) : undefined;
}

/** What the rc file says that -c or -C asks for; undefined without either. @throws RcError. */
export function readRcOf(options: MapOptions, { name, home }: Invocation): RcSettings | undefined {
  if (options.readRc) return readRcFile(defaultRcFile(name, home));
  if (options.readRcFrom !== undefined) return readRcFile(namedRcFile(options.readRcFrom));
  return undefined;
}
