import { Groups } from '../aggregate/group.ts';
import type { Detail } from '../model/detail.ts';
import { type Problem, ProblemError } from '../model/errors/problem.ts';
import type { FieldSlots, FieldVocabulary } from '../model/fields.ts';
import { KIND_RULES_VERSION } from '../model/kind.ts';
import { copyMapping, type Mapping, NO_MAPPING } from '../model/mapping.ts';
import { isStillThere, type Sample, type SampleFrame } from '../model/sample.ts';
import { type MappingReader, NOTHING_WRONG } from '../proc/maps/mapping-reader.ts';
import { openMappings } from '../proc/maps/open-mappings.ts';
import { readRollup } from '../proc/maps/rollup.ts';
import { textProblems } from '../proc/maps/text-problems.ts';
import { sharedMemoryDevices } from '../proc/process/mountinfo.ts';
import { locateProcess, readProcessHead } from '../proc/process/process-head.ts';
import { type ProcessPlace, placeErrorFrom, placePath } from '../proc/process/process-place.ts';
import { classified } from './classified-reader.ts';
import { kindEvidence } from './kind-evidence.ts';
import { type Reading, readUntilSteady } from './read-again.ts';

/** Which process to read, and in how much detail. */
export interface SampleRequest {
  readonly root: string;
  readonly pid: number;
  readonly detail: Detail;
  /** Gives fields their slots; by default a register of its own. */
  readonly slots?: FieldSlots;
  /** The current time in milliseconds since 1970. */
  epochMs(): number;
  /** Called with problems that did not prevent the reading, such as malformed lines. */
  onProblem(problem: Problem): void;
}

/** Takes the rows of a sample as they are read. */
export interface RowSink {
  /** A reading begins. Rows of an earlier one are void: the map changed while it was read. */
  begin(frame: SampleFrame): void;
  /** Takes a row, which is valid only until the next one. */
  row(mapping: Mapping): void;
}

/**
 * Reads a process once and passes its rows on as they come; with the detail `all` none is kept.
 *
 * @throws ProblemError when the process cannot be read or ends meanwhile, even if another process has
 *   its pid by the end of the reading.
 */
export function readSample(request: SampleRequest, sink: RowSink): SampleFrame {
  const { frame, notes, path } = readUntilSteady(() => readOnce(request, sink));
  const { pid } = request;
  for (const problem of textProblems({ pid }, `${path}, `, notes)) request.onProblem(problem);
  return frame;
}

/** One reading of a process. */
interface SampleReading extends Reading {
  readonly frame: SampleFrame;
  /** The file that was read. */
  readonly path: string;
}

function readOnce(request: SampleRequest, sink: RowSink): SampleReading {
  const { root, pid, detail, epochMs } = request;
  const { head, place } = locateProcess(root, pid);
  if (!isStillThere(head, head)) throw ended(pid);
  const takenAtMs = epochMs();
  const isSharedMemoryDevice = sharedMemoryDevices(place);
  const kindRules = detail === 'total' ? undefined : KIND_RULES_VERSION;
  const common = { takenAtMs, head, detail, isSharedMemoryDevice, kindRules };
  const toFrame: ToFrame = (vocabulary) => ({ ...common, vocabulary });
  const read = detail === 'total' ? readTotal : readMap;
  const reading = read(request, place, toFrame, sink);
  if (!isStillThere(head, readProcessHead(root, pid))) throw ended(pid);
  return { ...reading, isEmptied: reading.isEmptied && head.cmdline !== '' };
}

/** Like readSample, but keeps the rows. @throws as readSample. */
export function takeSample(request: SampleRequest): Sample {
  let rows: Mapping[] = [];
  const frame = readSample(request, {
    begin: () => {
      rows = [];
    },
    row: (mapping) => rows.push(copyMapping(mapping)),
  });
  return { ...frame, rows };
}

type ToFrame = (vocabulary: FieldVocabulary) => SampleFrame;

/** The error for a process that has ended; a zombie counts, since it has no memory any more. */
export function ended(pid: number): ProblemError {
  return new ProblemError({ pid, code: 'no-such-process', message: 'no such process (it ended)' });
}

/** A reading before it is known whether the process has memory. */
type MapReading = SampleReading & { readonly isEmptied: boolean };

/** Reads the kernel's totals; if it has none (before Linux 4.14), the sums of smaps. */
function readTotal(
  request: SampleRequest,
  place: ProcessPlace,
  toFrame: ToFrame,
  sink: RowSink,
): MapReading {
  const rollup = readRollup(place, request.slots);
  if (rollup === undefined) return readMap(request, place, toFrame, sink);
  const frame = toFrame(rollup.vocabulary);
  sink.begin(frame);
  const isEmptied = rollup.values.length === 0;
  if (!isEmptied) sink.row({ ...NO_MAPPING, values: rollup.values });
  return { frame, notes: NOTHING_WRONG, path: placePath(place, 'smaps_rollup'), isEmptied };
}

function readMap(
  request: SampleRequest,
  place: ProcessPlace,
  toFrame: ToFrame,
  sink: RowSink,
): MapReading {
  const reader = openMappings(place, 'all', request.slots);
  try {
    const frame = toFrame(reader.vocabulary);
    sink.begin(frame);
    const count = readRows(frame, place, reader, sink);
    const path = placePath(place, 'smaps');
    return { frame, notes: reader.notes, path, isEmptied: count === 0 };
  } catch (error) {
    throw placeErrorFrom(error, place, 'smaps');
  } finally {
    reader.close();
  }
}

/** Passes the rows on; returns the number of mappings. */
function readRows(
  { detail, head, vocabulary }: SampleFrame,
  place: ProcessPlace,
  reader: MappingReader,
  sink: RowSink,
): number {
  let count = 0;
  const rows = detail === 'total' ? reader : classified(reader, kindEvidence(head, place));
  if (detail === 'all') {
    for (let row = rows.next(); row !== undefined; row = rows.next(), count++) sink.row(row);
    return count;
  }
  const groups = new Groups(detail, vocabulary);
  for (let row = rows.next(); row !== undefined; row = rows.next(), count++) groups.add(row);
  for (const row of groups.list()) {
    // Like smaps_rollup: without addresses, and without the number of mappings.
    sink.row(detail === 'total' ? { ...NO_MAPPING, values: row.values } : row);
  }
  return count;
}
