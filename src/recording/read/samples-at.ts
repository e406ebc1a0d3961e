import { fileError } from '../../model/errors/file-error.ts';
import type { Problem, ProblemError } from '../../model/errors/problem.ts';
import type { SampleJson } from '../format.ts';
import { asNumber, asObject, asTime } from '../json-shape.ts';
import type { RecordingHeader } from '../recording-header.ts';
import type { DecodeOptions, RecordedSample } from './decode.ts';
import { beyond, type ReadLimits } from './limits.ts';
import { partsOf } from './line-parts.ts';
import { LineProblems } from './line-problems.ts';
import type { Line } from './lines.ts';
import type { PositionInRecording } from './position.ts';
import { decodeLine, openUndecoded, type UndecodedRecording, wholeLines } from './recording.ts';
import { RowBudget } from './row-budget.ts';

/** The samples of one moment of a recording. */
export interface SamplesAt {
  readonly header: RecordingHeader;
  /** One for each process that was read at that moment. */
  readonly samples: readonly RecordedSample[];
}

/** How the samples of a moment are decoded. */
export type MomentOptions = Pick<DecodeOptions, 'keepsRows' | 'slots'>;

/**
 * Reads one moment of a recording; the samples of other moments are not decoded. Problems of
 * damaged lines go to `onProblem`.
 *
 * @throws ProblemError when the recording cannot be read, or has no such moment.
 */
export async function readSamplesAt(
  path: string,
  position: PositionInRecording,
  onProblem: (problem: Problem) => void,
  options: MomentOptions,
): Promise<SamplesAt> {
  const problems = new LineProblems(path);
  const recording = await openUndecoded(path);
  const { chosen, range } = await chooseLines(recording, position, problems);
  const { limits } = recording;
  const budget = new RowBudget(limits.rows);
  const samples = chosen.flatMap(
    (line) => decodeLine(line, problems, { ...options, limits, budget }) ?? [],
  );
  problems.list.forEach(onProblem);
  if (samples.length === 0) throw noMoment(path, position, range, chosen.length > 0);
  return { header: recording.header, samples };
}

/** The moment and the time of a sample. */
export interface Stamp {
  readonly moment: number;
  readonly takenAtMs: number;
}

/** The first and the last moment read so far. */
interface MomentRange {
  readonly first: Stamp;
  last: Stamp;
}

/** The lines of the chosen moment, and the range of all moments read. */
interface ChosenLines {
  readonly chosen: readonly Line[];
  readonly range: MomentRange | undefined;
}

async function chooseLines(
  { lines, limits }: UndecodedRecording,
  position: PositionInRecording,
  problems: LineProblems,
): Promise<ChosenLines> {
  let chosen: Line[] = [];
  let chosenBytes = 0;
  let range: MomentRange | undefined;
  for await (const line of wholeLines(lines, problems)) {
    const stamp = stampOf(line, problems, limits);
    if (stamp === undefined) continue;
    const isNew = stamp.moment !== range?.last.moment;
    range ??= { first: stamp, last: stamp };
    if (isNew) {
      range.last = stamp;
      if (isPast(position, stamp, range)) break;
      if (isCandidate(position, stamp)) {
        chosen = [];
        chosenBytes = 0;
      }
    }
    // A moment stays together, even if some of its samples were taken after the given time.
    if (!isCandidate(position, range.last)) continue;
    chosen.push(line);
    chosenBytes += line.bytes.length;
    if (chosenBytes <= limits.moment.bytes) continue;
    problems.addDamaged(line, beyond('brings the lines of its moment to', limits.moment));
  }
  return { chosen, range };
}

/** Whether no later line can match. For a time that is never certain: clocks may be set back. */
function isPast(position: PositionInRecording, { moment }: Stamp, { first }: MomentRange): boolean {
  if (position.type === 'first') return moment !== first.moment;
  return position.type === 'index' && moment > position.n && first.moment <= position.n;
}

function isCandidate(position: PositionInRecording, { moment, takenAtMs }: Stamp): boolean {
  if (position.type === 'index') return moment === position.n;
  return position.type !== 'time' || takenAtMs <= position.epochMs;
}

/** How lines begin that tsmap writes. */
const STAMP = /^\{"moment":(\d{1,15}),"taken_at":"([0-9T:.Z-]{20,30})"/;
const STAMP_BYTES = 80;

/** Reads the stamp from the beginning of a line; parses more of the line if tsmap did not write it. */
export function stampOf(line: Line, problems: LineProblems, limits: ReadLimits): Stamp | undefined {
  try {
    const beginning = line.bytes.toString('latin1', 0, STAMP_BYTES);
    const [, moment, takenAt] = STAMP.exec(beginning) ?? [];
    if (moment !== undefined) {
      return { moment: Number(moment), takenAtMs: asTime(takenAt, 'taken_at') };
    }
    const get = asObject<SampleJson>(partsOf(line.bytes, limits.head).head, 'the line');
    return {
      moment: asNumber(get('moment'), 'moment'),
      takenAtMs: asTime(get('taken_at'), 'taken_at'),
    };
  } catch (error) {
    problems.addDamaged(line, error);
    return undefined;
  }
}

function noMoment(
  path: string,
  position: PositionInRecording,
  range: MomentRange | undefined,
  isDamaged: boolean,
): ProblemError {
  if (range === undefined) return fileError(path, 'holds no samples');
  if (isDamaged) return fileError(path, 'no sample of this moment can be read');
  const { first, last } = range;
  if (position.type === 'index') {
    const held = `moments ${first.moment} to ${last.moment}`;
    return fileError(path, `has no moment ${position.n}: it holds ${held}`, 'missing-file');
  }
  const begins = new Date(first.takenAtMs).toISOString();
  const ends = new Date(last.takenAtMs).toISOString();
  const message = `has no moment at or before that time: it begins at ${begins} and ends at ${ends}`;
  return fileError(path, message, 'missing-file');
}
