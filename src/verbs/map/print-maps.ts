import { Totals } from '../../aggregate/totals.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import type { ByteWriter } from '../../format/byte-writer.ts';
import type { MapReport } from '../../format/report.ts';
import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';
import type { MappingReader, ReaderNotes, WantedFields } from '../../proc/maps/mapping-reader.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import type { classified } from '../../sources/classified-reader.ts';
import { withKindFields } from '../../sources/kind-fields.ts';
import type { MapSource } from '../../sources/map-source.ts';
import { readUntilSteady } from '../../sources/read-again.ts';
import type { RowPlan } from '../../sources/rows/row-plan.ts';

/** What the map report is to show. */
export interface MapRequest {
  readonly sources: readonly MapSource[];
  readonly showPath: boolean;
  readonly useKernelName: boolean;
  /** Which rows are wanted; all, as they are read, where it is not there. */
  readonly rows: RowPlan | undefined;
  /** Makes a reader classify its mappings; only there if kinds are shown, or rows chosen by them. */
  readonly classified: typeof classified | undefined;
  /** When and where the report is made. */
  origin(): ReportOrigin;
}

/** What a command works with: where its report goes, and who hears of problems. */
export interface MapOutput {
  readonly report: MapReport;
  readonly writer: ByteWriter;
  onProblem(problem: Problem): void;
}

/** Prints the map of each process; a process that cannot be read does not keep the others back. */
export async function runMap(request: MapRequest, output: MapOutput): Promise<void> {
  const problems: Problem[] = [];
  const onProblem = (problem: Problem) => {
    problems.push(problem);
    output.onProblem(problem);
  };
  if (output.report.open !== undefined) output.report.open(request.origin());
  for (const source of request.sources) {
    try {
      await reportProcess(request, source, { ...output, onProblem });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      onProblem(error.problem);
    }
  }
  await output.report.close?.(problems);
  output.writer.flush();
}

/**
 * Reports one process. Its output is held back while it can be: when the process ends in the middle
 * nothing of it has appeared, and when the map changed it is read again.
 */
async function reportProcess(
  request: MapRequest,
  source: MapSource,
  output: MapOutput,
): Promise<void> {
  const { report, writer } = output;
  const head = source.head();
  const wanted = wantedOf(request, report);
  const { notes, totals } = readUntilSteady(
    () => {
      writer.hold();
      return attempt(request, source, head, output);
    },
    () => source.canReadAgain && writer.rollback(),
  );
  await report.end(totals);
  for (const problem of problemsOf(source, source.path(wanted), notes)) output.onProblem(problem);
}

/** What one reading came to. */
interface Outcome {
  readonly notes: ReaderNotes;
  readonly totals: Totals;
}

function attempt(
  request: MapRequest,
  source: MapSource,
  head: ProcessHead,
  output: MapOutput,
): Outcome {
  const { report, writer } = output;
  const wanted = wantedOf(request, report);
  let reader: MappingReader | undefined;
  let hasBegun = false;
  try {
    report.title(head);
    const opened = source.open(wanted);
    reader = request.classified?.(opened, head.startStack) ?? opened;
    // The first read comes before the heading: it is the one that a process's end makes fail.
    const first = reader.next();
    const names = namesOf(request, source, head);
    report.begin({ head, names, vocabulary: reader.vocabulary });
    hasBegun = true;
    return { notes: reader.notes, totals: printRows(request, report, reader, names, first) };
  } catch (error) {
    const problem = source.problem(error, wanted);
    // Of a process that is there but cannot be read pmap shows the title; of others nothing.
    const isThere = source.canReadAgain && problem.problem.code !== 'no-such-process';
    if (!isThere && writer.rollback()) throw problem;
    if (hasBegun) report.abandon?.();
    throw problem;
  } finally {
    reader?.close();
  }
}

/** What has to be read: what is shown, what rows are chosen by, and what kinds are told by. */
function wantedOf({ rows, classified }: MapRequest, { fields }: MapReport): WantedFields {
  const wanted = withFields(fields, rows?.fields ?? []);
  return classified === undefined ? wanted : withKindFields(wanted);
}

function withFields(fields: MapReport['fields'], others: readonly string[]): WantedFields {
  if (fields === 'all') return 'all';
  if (!('except' in fields)) return [...fields, ...others];
  return { except: fields.except.filter((name) => !others.includes(name)) };
}

function namesOf(
  { showPath, useKernelName }: MapRequest,
  { isSharedMemoryDevice }: MapSource,
  { startStack }: ProcessHead,
): NameRule {
  return { showPath, useKernelName, startStack, isSharedMemoryDevice };
}

/** Gives the report its rows; returns the totals of all mappings that the request lets through. */
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
  // the layouts that call it anonymous.
  const kernelNames = { ...names, useKernelName: true };
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

/** What is wrong with what was read; a saved file is named by its subject already. */
function problemsOf({ subject }: MapSource, path: string, notes: ReaderNotes): Problem[] {
  const problems = textProblems(subject, subject.subject === undefined ? `${path}, ` : '', notes);
  if (!notes.wentBackwards) return problems;
  const message =
    'its map changes while it is read (addresses go backwards); what is shown may not fit together';
  return [...problems, { ...subject, code: 'changing', message }];
}
