import { fileError } from '../../model/file-error.ts';
import type { Problem, ProblemError } from '../../model/problem.ts';
import type { SampleJson } from '../format.ts';
import type { RecordingHeader } from '../header.ts';
import { asNumber, asObject, asTime, parseJson } from '../json-shape.ts';
import type { RecordedSample } from './decode.ts';
import { LineProblems } from './line-problems.ts';
import type { Line } from './lines.ts';
import type { At } from './position.ts';
import { decodeLine, openUndecoded, type UndecodedRecording, wholeLines } from './recording.ts';

/** What a recording holds of one moment. */
export interface Moment {
  readonly header: RecordingHeader;
  /** One for each process that was read then. */
  readonly samples: readonly RecordedSample[];
}

/**
 * Reads one moment of a recording. Other moments are passed over without being decoded.
 *
 * @throws ProblemError when the recording cannot be read, or has no such moment.
 */
export async function openMoment(
  path: string,
  at: At,
  onProblem: (problem: Problem) => void,
): Promise<Moment> {
  const problems = new LineProblems(path);
  const recording = await openUndecoded(path);
  const { chosen, range } = await chooseLines(recording, at, problems);
  const samples = chosen.flatMap((line) => decodeLine(line, problems) ?? []);
  problems.list.forEach(onProblem);
  if (samples.length === 0) throw noMoment(path, at, range, chosen.length > 0);
  return { header: recording.header, samples };
}

/** The samples of one moment. @throws as openMoment. */
export async function readMoment(
  path: string,
  at: At,
  onProblem: (problem: Problem) => void,
): Promise<readonly RecordedSample[]> {
  return (await openMoment(path, at, onProblem)).samples;
}

/** When a sample was taken, and which moment it belongs to. */
export interface Stamp {
  readonly moment: number;
  readonly takenAtMs: number;
}

/** The moments that a recording has. */
interface Range {
  readonly first: Stamp;
  last: Stamp;
}

interface Choice {
  readonly chosen: readonly Line[];
  readonly range: Range | undefined;
}

async function chooseLines(
  { lines }: UndecodedRecording,
  at: At,
  problems: LineProblems,
): Promise<Choice> {
  let chosen: Line[] = [];
  let range: Range | undefined;
  for await (const line of wholeLines(lines, problems)) {
    const stamp = stampOf(line, problems);
    if (stamp === undefined) continue;
    const isNew = stamp.moment !== range?.last.moment;
    range ??= { first: stamp, last: stamp };
    if (isNew) {
      range.last = stamp;
      if (isBehind(at, stamp, range)) break;
      if (isCandidate(at, stamp)) chosen = [];
    }
    // All samples of a moment belong to it, also those that were taken a little later than asked.
    if (isCandidate(at, range.last)) chosen.push(line);
  }
  return { chosen, range };
}

/** Whether nothing of what is asked for can come any more. Times may go back: clocks are set. */
function isBehind(at: At, { moment }: Stamp, { first }: Range): boolean {
  if (at.type === 'first') return moment !== first.moment;
  return at.type === 'index' && moment > at.n && first.moment <= at.n;
}

function isCandidate(at: At, { moment, takenAtMs }: Stamp): boolean {
  if (at.type === 'index') return moment === at.n;
  return at.type !== 'time' || takenAtMs <= at.epochMs;
}

/** Where `moment` and `taken_at` stand in the lines that tsmap writes. */
const STAMP = /^\{"moment":(\d{1,15}),"taken_at":"([0-9T:.Z-]{20,30})"/;
const STAMP_BYTES = 80;

/** Reads the beginning of a line; the whole of it where another program wrote it. */
export function stampOf(line: Line, problems: LineProblems): Stamp | undefined {
  try {
    const beginning = line.bytes.toString('latin1', 0, STAMP_BYTES);
    const [, moment, takenAt] = STAMP.exec(beginning) ?? [];
    if (moment !== undefined) {
      return { moment: Number(moment), takenAtMs: asTime(takenAt, 'taken_at') };
    }
    const get = asObject<SampleJson>(parseJson(line.bytes), 'the line');
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
  at: At,
  range: Range | undefined,
  isDamaged: boolean,
): ProblemError {
  if (range === undefined) return fileError(path, 'holds no samples');
  if (isDamaged) return fileError(path, 'nothing of this moment can be read');
  const { first, last } = range;
  if (at.type === 'index') {
    const held = `moments ${first.moment} to ${last.moment}`;
    return fileError(path, `has no moment ${at.n}: it holds ${held}`, 'missing-file');
  }
  const begins = new Date(first.takenAtMs).toISOString();
  const ends = new Date(last.takenAtMs).toISOString();
  const message = `has no moment at or before that time: it begins at ${begins} and ends at ${ends}`;
  return fileError(path, message, 'missing-file');
}
