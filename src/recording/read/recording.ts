import { fileError } from '../../model/errors/file-error.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { decodeHeader, schemaProblem } from '../header.ts';
import { FormatError, parseJson } from '../json-shape.ts';
import type { RecordingHeader } from '../recording-header.ts';
import { type DecodeOptions, decodeSample, type RecordedSample } from './decode.ts';
import { checkLimit, type ReadLimits, readLimits } from './limits.ts';
import { LineProblems } from './line-problems.ts';
import { type Line, readLines } from './lines.ts';
import { RowBudget } from './row-budget.ts';
import { TooLargeError } from './too-large.ts';

/** A recording that is being read, one sample in memory at a time. */
export interface Recording {
  readonly header: RecordingHeader;
  /** Problems of the lines read so far; complete once `samples` has ended. */
  readonly problems: readonly Problem[];
  /**
   * The samples in the order of the file; can be iterated once. Damaged lines are skipped and
   * reported in `problems`.
   *
   * @throws ProblemError when reading the file fails.
   */
  samples(): AsyncGenerator<RecordedSample, void, void>;
  /** Closes the file; needed only when `samples` is not iterated to its end. */
  close(): Promise<void>;
}

/** A recording whose samples are not decoded yet. */
export interface UndecodedRecording {
  readonly header: RecordingHeader;
  /** The lines after the header, whole or not. */
  readonly lines: AsyncGenerator<Line, void, void>;
  readonly limits: ReadLimits;
}

/**
 * Opens a recording to read all its samples; `-` is standard input. gzip and zstd are recognized by
 * the content. Used by the library. The program reads single moments with readSamplesAt, which uses the
 * same parts: openUndecoded, wholeLines and decodeLine.
 *
 * @throws ProblemError when the file cannot be read, is empty, is not a recording, or is one of a
 *   newer schema.
 */
export async function openRecording(path: string): Promise<Recording> {
  const { header, lines, limits } = await openUndecoded(path);
  const problems = new LineProblems(path);
  return {
    header,
    get problems() {
      return problems.list;
    },
    samples: () => decodeLines(lines, problems, limits),
    close: async () => {
      await lines.return();
    },
  };
}

/** Opens a recording and decodes its header alone. @throws as openRecording. */
export async function openUndecoded(path: string): Promise<UndecodedRecording> {
  const limits = readLimits();
  const lines = readLines(path, limits.line);
  const first = await lines.next();
  if (first.done) throw fileError(path, 'is empty: expected a recording');
  try {
    checkLimit('has', first.value.bytes.length, limits.head);
    return { header: parseHeader(first.value, path), lines, limits };
  } catch (error) {
    await lines.return();
    if (error instanceof TooLargeError) throw fileError(path, `line 1 ${error.message}`);
    if (!(error instanceof FormatError)) throw error;
    throw fileError(path, `line 1: ${error.message}`);
  }
}

/** @throws FormatError; ProblemError when it is not the header of a recording. */
function parseHeader({ bytes, end }: Line, path: string): RecordingHeader {
  if (end === 'lost') throw new FormatError('its compressed data is damaged');
  const json = headerJson(bytes, end === 'whole');
  const problem = schemaProblem(json);
  if (problem !== undefined) throw fileError(path, problem);
  return decodeHeader(json);
}

/** Undefined when the line is not JSON. @throws FormatError when it is the start of a header. */
function headerJson(bytes: Buffer, isWhole: boolean): unknown {
  try {
    return parseJson(bytes);
  } catch {
    const startsHeader = bytes.toString('latin1', 0, 12) === '{"schema":"t';
    if (isWhole || !startsHeader) return undefined;
    throw new FormatError('cut off before anything was recorded; record --force replaces the file');
  }
}

/** The whole lines; a line that is not whole is added to the problems instead. */
export async function* wholeLines(
  lines: AsyncIterable<Line>,
  problems: LineProblems,
): AsyncGenerator<Line, void, void> {
  for await (const line of lines) {
    if (line.end === 'whole') yield line;
    else problems.addIncomplete(line);
  }
}

/**
 * Decodes a whole line; a damaged line is added to `problems` and gives undefined.
 *
 * @throws ProblemError when it needs more memory than it may have.
 */
export function decodeLine(
  line: Line,
  problems: LineProblems,
  options: DecodeOptions,
): RecordedSample | undefined {
  try {
    return decodeSample(line.bytes, options);
  } catch (error) {
    problems.addDamaged(line, error);
    return undefined;
  }
}

async function* decodeLines(
  lines: AsyncIterable<Line>,
  problems: LineProblems,
  limits: ReadLimits,
): AsyncGenerator<RecordedSample, void, void> {
  for await (const line of wholeLines(lines, problems)) {
    const budget = new RowBudget(limits.rows);
    const sample = decodeLine(line, problems, { limits, budget, keepsRows: true });
    if (sample !== undefined) yield sample;
  }
}
