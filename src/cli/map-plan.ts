import type { MapRequest } from '../commands/map.ts';
import type { ByteWriter } from '../format/byte-writer.ts';
import { detailColumns, listedColumns } from '../format/detail-columns.ts';
import { type MeasuredColumns, MeasuredReport } from '../format/measured-report.ts';
import { type LayoutName, type PmapReport, pmapLayout } from '../format/pmap-layouts.ts';
import type { MapReport, ReportOrigin } from '../format/report.ts';
import { StreamedReport } from '../format/streamed-report.ts';
import type { Style } from '../format/style.ts';
import { readSystem } from '../proc/system.ts';
import type { Invocation } from './invocation.ts';
import type { Options } from './options.ts';
import { parsePids } from './pid.ts';
import { defaultRcFile, namedRcFile, type RcFile, readRcFile } from './rc-file.ts';
import { checkProcRoot, PROC } from './system-check.ts';
import { UsageError } from './usage-error.ts';

/** What a command line about maps comes to, before anything is read of a process. */
export interface MapPlan {
  readonly request: MapRequest;
  /** Mistakes in the rc file that do not keep the report back. */
  readonly warnings: readonly string[];
  makeReport(writer: ByteWriter, style: Style): MapReport;
}

/** Where pmap's own reports come from: columns that fit what stands in them, or fixed ones. */
type Shape =
  | { readonly columns: MeasuredColumns; readonly warnings: readonly string[] }
  | { readonly kind: PmapReport };

/** Checks options and operands, in pmap's order. @throws UsageError, RcError, SystemError. */
export function planMap(
  options: Options,
  operands: readonly string[],
  invocation: Invocation,
): MapPlan {
  if (operands.length === 0) {
    throw new UsageError('argument missing', invocation.args.length === 0 ? 'usage' : 'message');
  }
  const shape = shapeOf(options, invocation);
  const pids = parsePids(operands);
  if (pids.length === 0) throw new UsageError('none of the arguments is a process id', 'message');
  const root = options.procRoot ?? PROC;
  checkProcRoot(root, process.platform);
  const { showPath, useKernelName, quiet, range } = options;
  return {
    request: { root, pids, showPath, useKernelName, range, origin: () => originOf(root) },
    warnings: 'columns' in shape ? shape.warnings : [],
    makeReport: (writer, style) => {
      const text = { writer, style, quiet };
      if ('columns' in shape) return new MeasuredReport(shape.columns, text);
      const name: LayoutName = options.layout ?? invocation.layout;
      return new StreamedReport(pmapLayout(name, shape.kind, addressWidth()), text);
    },
  };
}

function originOf(root: string): ReportOrigin {
  return { takenAt: new Date().toISOString(), ...readSystem(root) };
}

function shapeOf(options: Options, invocation: Invocation): Shape {
  if (options.detail > 0) return { columns: detailColumns(options.detail > 1), warnings: [] };
  if (options.readRc) return shapeFromRc(defaultRcFile(invocation.name, invocation.home));
  if (options.readRcFrom !== undefined) return shapeFromRc(namedRcFile(options.readRcFrom));
  if (options.extended) return { kind: 'extended' };
  return { kind: options.device ? 'device' : 'default' };
}

function shapeFromRc(file: RcFile): Shape {
  const { fields, togglesPath, warnings } = readRcFile(file);
  return { columns: listedColumns(fields, togglesPath), warnings };
}

/** pmap prints narrower addresses on systems whose own addresses are. */
function addressWidth(): number {
  return process.arch === 'arm' || process.arch === 'ia32' ? 8 : 16;
}
