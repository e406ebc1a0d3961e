import { type AddressRange, isInRange } from '../aggregate/range.ts';
import { Totals } from '../aggregate/totals.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { ByteWriter } from '../format/byte-writer.ts';
import type { MapReport, ReportOrigin } from '../format/report.ts';
import { visible } from '../format/visible.ts';
import { fromByteString } from '../model/byte-string.ts';
import type { Mapping } from '../model/mapping.ts';
import { type Problem, ProblemError } from '../model/problem.ts';
import type { ProcessHead } from '../model/process.ts';
import { problemFrom } from '../proc/errno.ts';
import { sharedMemoryDevices } from '../proc/mountinfo.ts';
import { mapFileFor, openMappings } from '../proc/open.ts';
import { processPath, readProcessHead } from '../proc/process.ts';
import type { MappingReader, ReaderNotes } from '../proc/reader.ts';

/** What the map report is to show. */
export interface MapRequest {
  readonly root: string;
  readonly pids: readonly number[];
  readonly showPath: boolean;
  readonly useKernelName: boolean;
  readonly range: AddressRange | undefined;
  /** When and where the report is made. */
  origin(): ReportOrigin;
}

/** What a command works with: where its report goes, and who hears of problems. */
export interface MapOutput {
  readonly report: MapReport;
  readonly writer: ByteWriter;
  onProblem(problem: Problem): void;
}

/** How often a map that changes under the reading is read again. */
const READ_AGAIN = 5;

/** Prints the map of each process; a process that cannot be read does not keep the others back. */
export function runMap(request: MapRequest, output: MapOutput): void {
  const problems: Problem[] = [];
  const onProblem = (problem: Problem) => {
    problems.push(problem);
    output.onProblem(problem);
  };
  if (output.report.open !== undefined) output.report.open(request.origin());
  for (const pid of request.pids) {
    try {
      reportProcess(request, pid, { ...output, onProblem });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      onProblem(error.problem);
    }
  }
  output.report.close?.(problems);
  output.writer.flush();
}

/**
 * Reports one process. Its output is held back while it can be: when the process ends in the middle
 * nothing of it has appeared, and when the map changed it is read again.
 */
function reportProcess(request: MapRequest, pid: number, output: MapOutput): void {
  const { report, writer } = output;
  const head = readProcessHead(request.root, pid);
  for (let again = READ_AGAIN; ; again--) {
    writer.hold();
    const { notes, totals } = attempt(request, head, output);
    const isSteady = !notes.wentBackwards && !notes.wasCut;
    if (!isSteady && again > 0 && writer.rollback()) continue;
    report.end(totals);
    for (const problem of problemsOf(request, head, report, notes)) output.onProblem(problem);
    return;
  }
}

/** What one reading came to. */
interface Outcome {
  readonly notes: ReaderNotes;
  readonly totals: Totals;
}

function attempt(request: MapRequest, head: ProcessHead, output: MapOutput): Outcome {
  const { report, writer } = output;
  let reader: MappingReader | undefined;
  let hasBegun = false;
  try {
    report.title(head);
    reader = openMappings(request.root, head.askedPid, report.fields);
    // The first read comes before the heading: it is the one that a process's end makes fail.
    const first = reader.next();
    report.begin({ head, names: namesOf(request, head), vocabulary: reader.vocabulary });
    hasBegun = true;
    return { notes: reader.notes, totals: printRows(request, report, reader, first) };
  } catch (error) {
    const path = processPath(request.root, head.askedPid, mapFileFor(report.fields));
    const problem = problemFrom(error, head.askedPid, path);
    if (problem.problem.code === 'no-such-process' && writer.rollback()) throw problem;
    if (hasBegun) report.abandon?.();
    throw problem;
  } finally {
    reader?.close();
  }
}

function namesOf({ root, showPath, useKernelName }: MapRequest, head: ProcessHead): NameRule {
  const isSharedMemoryDevice = sharedMemoryDevices(root, head.askedPid);
  return { showPath, useKernelName, startStack: head.startStack, isSharedMemoryDevice };
}

function printRows(
  { range }: MapRequest,
  report: MapReport,
  reader: MappingReader,
  first: Mapping | undefined,
): Totals {
  const totals = new Totals(report.totals);
  for (let mapping = first; mapping !== undefined; mapping = reader.next()) {
    if (range !== undefined && !isInRange(mapping, range)) continue;
    report.row(mapping);
    totals.add(mapping);
  }
  return totals;
}

function problemsOf(
  { root }: MapRequest,
  { askedPid: pid }: ProcessHead,
  report: MapReport,
  notes: ReaderNotes,
): Problem[] {
  const path = processPath(root, pid, mapFileFor(report.fields));
  const problems: Problem[] = [];
  if (notes.malformed !== undefined) {
    const { line, expected, found } = notes.malformed;
    const more = notes.malformedCount - 1;
    const rest = more > 0 ? ` (and ${more} more such ${more === 1 ? 'line' : 'lines'})` : '';
    const message = `${path}, line ${line}: expected ${expected}, found '${fromByteString(visible(found))}'${rest}`;
    problems.push({ pid, code: 'malformed', message });
  }
  if (notes.wasCut) {
    problems.push({ pid, code: 'cut', message: `${path} ends in the middle of a record` });
  }
  if (notes.wentBackwards) {
    const message =
      'its map changes while it is read (addresses go backwards); what is shown may not fit together';
    problems.push({ pid, code: 'changing', message });
  }
  return problems;
}
