import { Groups } from '../../aggregate/group.ts';
import type { Detail } from '../../model/detail.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { FieldSlots, FieldVocabulary } from '../../model/fields.ts';
import { KIND_RULES_VERSION } from '../../model/kind.ts';
import { copyMapping, type Mapping, NO_MAPPING } from '../../model/mapping.ts';
import type { Sample, SampleFrame } from '../../model/sample.ts';
import { type MappingReader, NOTHING_WRONG } from '../../proc/maps/mapping-reader.ts';
import { openMappings } from '../../proc/maps/open-mappings.ts';
import { readRollup } from '../../proc/maps/rollup.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import { sharedMemoryDevices } from '../../proc/process/mountinfo.ts';
import type { LocatedProcess } from '../../proc/process/process-head.ts';
import { type ProcessPlace, placeErrorFrom, placePath } from '../../proc/process/process-place.ts';
import { uidIn } from '../../proc/process/users.ts';
import { classified } from '../classified-reader.ts';
import { kindEvidence } from '../kind-evidence.ts';
import type { Reading } from './read-again.ts';
import { readProcess } from './read-process.ts';
import { statusFigures } from './status-figures.ts';

/** Which process to read, and in how much detail. */
export interface SampleRequest {
  readonly root: string;
  readonly pid: number;
  readonly detail: Detail;
  /** Whether neither fields of smaps nor kinds are needed, so that maps is enough; for the detail `all`. */
  readonly isMapsEnough?: boolean;
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
  const { frame, notes, path } = readProcess(request, (located) =>
    readRows(request, located, sink),
  );
  const { pid } = request;
  for (const problem of textProblems({ pid }, `${path}, `, notes)) request.onProblem(problem);
  return frame;
}

/** One reading of the mappings of a process. */
export interface SampleReading extends Reading {
  readonly frame: SampleFrame;
  /** The file that was read. */
  readonly path: string;
}

/** Reads the rows of a process that was located. @throws ProblemError. */
export function readRows(
  request: Omit<SampleRequest, 'root' | 'pid' | 'onProblem'>,
  { head, place, status }: LocatedProcess,
  sink: RowSink,
): SampleReading {
  const { detail, epochMs } = request;
  const takenAtMs = epochMs();
  const isSharedMemoryDevice = sharedMemoryDevices(place);
  const isClassified = detail !== 'total' && request.isMapsEnough !== true;
  const kindRules = isClassified ? KIND_RULES_VERSION : undefined;
  const uid = uidIn(status);
  const processFigures = statusFigures(status);
  const common = { takenAtMs, head, uid, processFigures, detail, isSharedMemoryDevice, kindRules };
  const toFrame: ToFrame = (vocabulary) => ({ ...common, vocabulary });
  const read = detail === 'total' ? readTotal : readMap;
  return read(request, place, toFrame, sink);
}

/** Like readSample, but keeps the rows. @throws as readSample. */
export function takeSample(request: SampleRequest): Sample {
  const kept = new KeptRows();
  return { ...readSample(request, kept), rows: kept.rows };
}

/** Keeps the rows of the last reading. */
export class KeptRows implements RowSink {
  rows: Mapping[] = [];

  begin(): void {
    this.rows = [];
  }

  row(mapping: Mapping): void {
    this.rows.push(copyMapping(mapping));
  }
}

type ToFrame = (vocabulary: FieldVocabulary) => SampleFrame;

/** Reads the kernel's totals; if it has none (before Linux 4.14), the sums of smaps. */
function readTotal(
  request: Pick<SampleRequest, 'slots'>,
  place: ProcessPlace,
  toFrame: ToFrame,
  sink: RowSink,
): SampleReading {
  const rollup = readRollup(place, request.slots);
  if (rollup === undefined) return readMap(request, place, toFrame, sink);
  const frame = toFrame(rollup.vocabulary);
  sink.begin(frame);
  const isEmptied = rollup.values.length === 0;
  if (!isEmptied) sink.row({ ...NO_MAPPING, values: rollup.values });
  return { frame, notes: NOTHING_WRONG, path: placePath(place, 'smaps_rollup'), isEmptied };
}

function readMap(
  { slots, isMapsEnough = false }: Pick<SampleRequest, 'slots' | 'isMapsEnough'>,
  place: ProcessPlace,
  toFrame: ToFrame,
  sink: RowSink,
): SampleReading {
  const file = isMapsEnough ? 'maps' : 'smaps';
  const reader = openMappings(place, isMapsEnough ? [] : 'all', slots);
  const frame = toFrame(reader.vocabulary);
  const rows = isMapsEnough ? reader : kindedRows(frame, place, reader);
  try {
    sink.begin(frame);
    const count = passRows(frame, rows, sink);
    const path = placePath(place, file);
    return { frame, notes: rows.notes, path, isEmptied: count === 0 };
  } catch (error) {
    throw placeErrorFrom(error, place, file);
  } finally {
    rows.close();
  }
}

/** The rows with their kinds, which totals do not need. */
function kindedRows(
  { detail, head }: SampleFrame,
  place: ProcessPlace,
  reader: MappingReader,
): MappingReader {
  return detail === 'total' ? reader : classified(reader, kindEvidence(head, place));
}

/** Passes the rows on; returns the number of mappings. */
function passRows({ detail, vocabulary }: SampleFrame, rows: MappingReader, sink: RowSink): number {
  let count = 0;
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
