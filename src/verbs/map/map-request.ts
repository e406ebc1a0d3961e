import type { ByteWriter } from '../../format/byte-writer.ts';
import type { MapReport } from '../../format/report.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { MappingReader } from '../../proc/maps/mapping-reader.ts';
import type { MapSource } from '../../sources/map-source.ts';
import type { RowPlan } from '../../sources/rows/row-plan.ts';

/** The processes whose maps to print, and which rows. */
export interface MapRequest {
  readonly sources: Iterable<MapSource>;
  readonly showPath: boolean;
  readonly useKernelName: boolean;
  /** Whether the report is a table of tsmap's own, not a layout of pmap. */
  readonly isOwnTable: boolean;
  /** How rows are chosen; undefined to print all mappings as they are read. */
  readonly rows: RowPlan | undefined;
  /** Makes a reader classify its mappings; undefined if kinds are neither shown nor needed for rows. */
  readonly classified:
    | ((reader: MappingReader, head: ProcessHead, source: MapSource) => MappingReader)
    | undefined;
  /** When and where the report is made. */
  origin(): ReportOrigin;
}

/** Where maps are printed, and where problems are reported. */
export interface MapOutput {
  readonly report: MapReport;
  readonly writer: ByteWriter;
  onProblem(problem: Problem): void;
}
