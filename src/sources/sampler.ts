import { Groups } from '../aggregate/group.ts';
import type { Detail } from '../model/detail.ts';
import { processErrorFrom } from '../model/errno.ts';
import type { FieldSlots, FieldVocabulary } from '../model/fields.ts';
import { copyMapping, type Mapping, NO_MAPPING } from '../model/mapping.ts';
import { type Problem, ProblemError } from '../model/problem.ts';
import { isStillThere, type Sample, type SampleFrame } from '../model/sample.ts';
import type { MappingReader } from '../proc/maps/mapping-reader.ts';
import { openMappings } from '../proc/maps/open-mappings.ts';
import { readRollup } from '../proc/maps/rollup.ts';
import { textProblems } from '../proc/maps/text-problems.ts';
import { sharedMemoryDevices } from '../proc/process/mountinfo.ts';
import { processPath } from '../proc/process/process-file.ts';
import { readProcessHead } from '../proc/process/process-head.ts';
import { classified } from './classified-reader.ts';
import { readUntilSteady } from './read-again.ts';

/** Which process is read, and how much of it. */
export interface SampleRequest {
  readonly root: string;
  readonly pid: number;
  readonly detail: Detail;
  /** Gives the fields of smaps their slots; a register of its own where it is not there. */
  readonly slots?: FieldSlots;
  /** Milliseconds since 1970, now. */
  epochMs(): number;
  /** Hears of what is wrong with a text that could be read all the same. */
  onProblem(problem: Problem): void;
}

/** Takes the rows of a sample as they are read. */
export interface RowSink {
  /** A reading begins; what came of one before it is void, for the map changed under it. */
  begin(frame: SampleFrame): void;
  /** The row is valid until the next one comes. */
  row(mapping: Mapping): void;
}

/**
 * Reads a process once and hands its rows on as they come: with the detail `all` nothing is kept.
 *
 * @throws ProblemError when it cannot be read, or ended: also when its pid belonged to another
 *   process before the reading was done.
 */
export function readSample(request: SampleRequest, sink: RowSink): SampleFrame {
  const { root, pid, detail, epochMs } = request;
  const head = readProcessHead(root, pid);
  if (!isStillThere(head, head)) throw ended(pid);
  const takenAtMs = epochMs();
  const isSharedMemoryDevice = sharedMemoryDevices(root, pid);
  const common = { takenAtMs, head, detail, isSharedMemoryDevice };
  const toFrame: ToFrame = (vocabulary) => ({ ...common, vocabulary });
  const read = detail === 'total' ? readTotal : readMap;
  const frame = read(request, toFrame, sink);
  if (!isStillThere(head, readProcessHead(root, pid))) throw ended(pid);
  return frame;
}

/** The same with its rows kept. @throws as readSample. */
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

/** What is said of a process that ended: a zombie is there, its memory is not. */
export function ended(pid: number): ProblemError {
  return new ProblemError({ pid, code: 'no-such-process', message: 'no such process (it ended)' });
}

/** The kernel's own totals; where it has none (before Linux 4.14), the sums of smaps. */
function readTotal(request: SampleRequest, toFrame: ToFrame, sink: RowSink): SampleFrame {
  const { root, pid } = request;
  const rollup = readRollup(root, pid, request.slots);
  if (rollup === undefined) return readMap(request, toFrame, sink);
  const frame = toFrame(rollup.vocabulary);
  sink.begin(frame);
  sink.row({ ...NO_MAPPING, values: rollup.values });
  return frame;
}

/** Reads smaps, again where its addresses went back: the rows of such a reading are void. */
function readMap(request: SampleRequest, toFrame: ToFrame, sink: RowSink): SampleFrame {
  const { root, pid } = request;
  const path = processPath(root, pid, 'smaps');
  const { frame, notes } = readUntilSteady(() => {
    const reader = openMappings(root, pid, 'all', request.slots);
    try {
      const frame = toFrame(reader.vocabulary);
      sink.begin(frame);
      readRows(frame, reader, sink);
      return { frame, notes: reader.notes };
    } catch (error) {
      throw processErrorFrom(error, pid, path);
    } finally {
      reader.close();
    }
  });
  for (const problem of textProblems({ pid }, `${path}, `, notes)) request.onProblem(problem);
  return frame;
}

function readRows(
  { detail, head, vocabulary }: SampleFrame,
  reader: MappingReader,
  sink: RowSink,
): void {
  if (detail === 'all') {
    for (let row = reader.next(); row !== undefined; row = reader.next()) sink.row(row);
    return;
  }
  const groups = new Groups(detail, vocabulary);
  const rows = detail === 'total' ? reader : classified(reader, head.startStack);
  for (let row = rows.next(); row !== undefined; row = rows.next()) groups.add(row);
  for (const row of groups.list()) {
    // As smaps_rollup has it: without addresses, and without the number of mappings.
    sink.row(detail === 'total' ? { ...NO_MAPPING, values: row.values } : row);
  }
}
