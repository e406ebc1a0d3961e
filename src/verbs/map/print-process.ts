import { Totals } from '../../aggregate/totals.ts';
import type { NumberColumn } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import type { ColumnSums, MapReport } from '../../format/report.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { type Mapping, NO_MAPPING } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import {
  type MappingReader,
  NOTHING_WRONG,
  type ReaderNotes,
  type WantedFields,
} from '../../proc/maps/mapping-reader.ts';
import type { Rollup } from '../../proc/maps/rollup.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import { withKindFields } from '../../sources/kind-fields.ts';
import type { MapSource } from '../../sources/map-source.ts';
import { type Reading, readUntilSteady } from '../../sources/live/read-again.ts';
import type { MapOutput, MapRequest } from './map-request.ts';

/**
 * Prints the map of one process. Output is held back as long as possible, so that a process that ends
 * meanwhile leaves no output, and a map that changed can be read again.
 *
 * @throws ProblemError if the process cannot be read.
 */
export async function printProcess(
  request: MapRequest,
  source: MapSource,
  output: MapOutput,
): Promise<void> {
  const { report, writer } = output;
  const { notes, totals, absent } = readUntilSteady(
    () => {
      const head = source.head();
      writer.hold();
      return readAndPrint(request, source, head, output);
    },
    () => source.canReadAgain && writer.rollback(),
  );
  await report.end(totals);
  const path = source.path(wantedFields(request, report));
  for (const problem of problemsIn(source, path, notes)) output.onProblem(problem);
  if (absent.length > 0) {
    const message = `smaps has no ${absent.join(', ')} here: shown as 0`;
    output.onProblem({ ...source.subject, code: 'remark', message });
  }
}

/** The result of reading a process once. */
interface PrintedRows extends Reading {
  readonly totals: ColumnSums;
  /** Fields that are shown as 0 because no mapping has them. */
  readonly absent: readonly string[];
}

function readAndPrint(
  request: MapRequest,
  source: MapSource,
  head: ProcessHead,
  output: MapOutput,
): PrintedRows {
  const { report, writer } = output;
  const wanted = wantedFields(request, report);
  let reader: MappingReader | undefined;
  let hasBegun = false;
  try {
    report.title(head);
    if (source.totals !== undefined && report.showsOnlyTotals) {
      return printTotals(source.totals(), report, head, namesFor(request, source, head));
    }
    const opened = source.open(wanted);
    reader = request.classified?.(opened, head, source) ?? opened;
    // Read the first row before printing the heading: if the process has ended, this read fails.
    const first = reader.next();
    const names = namesFor(request, source, head);
    report.begin({ head, names, vocabulary: reader.vocabulary });
    hasBegun = true;
    const totals = printRows(request, report, reader, names, first);
    const isEmptied = first === undefined && source.hadMemory?.() === true;
    return { notes: reader.notes, isEmptied, totals, absent: absentFields(report, reader) };
  } catch (error) {
    const problem = source.problem(error, wanted);
    // Like pmap, keep the title of a process that exists but cannot be read; otherwise print nothing.
    const exists = source.canReadAgain && problem.problem.code !== 'no-such-process';
    if (!exists && writer.rollback()) throw problem;
    if (hasBegun) report.abandon?.();
    throw problem;
  } finally {
    reader?.close();
  }
}

/** Prints the totals of a process of which nothing else is known; they have no size and no count. */
function printTotals(
  { values, vocabulary }: Rollup,
  report: MapReport,
  head: ProcessHead,
  names: NameRule,
): PrintedRows {
  report.begin({ head, names, vocabulary });
  const total = { ...NO_MAPPING, values };
  const known = (column: NumberColumn) =>
    column.fields.length === 0 ? undefined : column.value(total);
  return {
    notes: NOTHING_WRONG,
    totals: { known, sum: (column) => known(column) ?? 0 },
    absent: [],
  };
}

/** The fields to read: to be shown, to choose rows by, and to classify mappings. */
function wantedFields({ rows, classified }: MapRequest, { fields }: MapReport): WantedFields {
  const wanted = withFields(fields, rows?.fields ?? []);
  return classified === undefined ? wanted : withKindFields(wanted);
}

function withFields(fields: MapReport['fields'], others: readonly string[]): WantedFields {
  // Rows cannot be chosen by fields that are not there: then smaps is needed.
  if (fields === 'available') return others.length > 0 ? 'all' : fields;
  if (fields === 'all') return fields;
  if (!('except' in fields)) return [...fields, ...others];
  return { except: fields.except.filter((name) => !others.includes(name)) };
}

function namesFor(
  { showPath, useKernelName, isOwnTable }: MapRequest,
  { isSharedMemoryDevice }: MapSource,
  { startStack }: ProcessHead,
): NameRule {
  return { showPath, useKernelName, isOwnTable, startStack, isSharedMemoryDevice };
}

/** Fields of the report that no mapping has, as Rss on WSL1; none if no mapping has any field. */
function absentFields(
  { fields, showsAbsentAsZero }: MapReport,
  { vocabulary }: MappingReader,
): string[] {
  if (!showsAbsentAsZero || !Array.isArray(fields) || vocabulary.order.length === 0) return [];
  const met = new Set(vocabulary.order.map((slot) => vocabulary.name(slot)));
  return fields.filter((field) => !met.has(field));
}

/** Prints the rows; returns the totals of all mappings that pass the filters, shown or not. */
function printRows(
  { rows }: MapRequest,
  report: MapReport,
  reader: MappingReader,
  names: NameRule,
  first: Mapping | undefined,
): Totals {
  const totals = new Totals(report.totals);
  if (rows === undefined) {
    for (let mapping = first; mapping !== undefined; mapping = reader.next()) {
      report.row(mapping);
      totals.add(mapping);
    }
    return totals;
  }
  // Rows are chosen and sorted by the kernel's names, so that `mapping~heap` finds the heap also in
  // layouts that call it anonymous.
  const kernelNames = { ...names, useKernelName: true, isOwnTable: true };
  const reading = { vocabulary: reader.vocabulary, names: kernelNames };
  const pipeline = rows.open(reading);
  const shown = pipeline.rows(remaining(reader, first), (mapping) => totals.add(mapping));
  for (const mapping of shown) report.row(mapping);
  return totals;
}

function* remaining(
  reader: MappingReader,
  first: Mapping | undefined,
): Generator<Mapping, void, void> {
  for (let mapping = first; mapping !== undefined; mapping = reader.next()) yield mapping;
}

/** The problems found in the text. Those of a saved file have its name as subject, so no path. */
function problemsIn({ subject }: MapSource, path: string, notes: ReaderNotes): Problem[] {
  return textProblems(subject, subject.subject === undefined ? `${path}, ` : '', notes);
}
