import { fileError } from '../../model/errors/file-error.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { FieldSlots } from '../../model/fields.ts';
import { decodeHeader, schemaProblem } from '../header.ts';
import { FormatError, parseJson } from '../json-shape.ts';
import type { RecordingHeader } from '../recording-header.ts';
import { decodeSample, type RecordedSample } from './decode.ts';
import { LineProblems } from './line-problems.ts';
import { type Line, readLines } from './lines.ts';

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
  /** The lines after the header; only the last one may not be whole. */
  readonly lines: AsyncGenerator<Line, void, void>;
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
  const { header, lines } = await openUndecoded(path);
  const problems = new LineProblems(path);
  return {
    header,
    get problems() {
      return problems.list;
    },
    samples: () => decodeLines(lines, problems),
    close: async () => {
      await lines.return();
    },
  };
}

/** Opens a recording and decodes its header alone. @throws as openRecording. */
export async function openUndecoded(path: string): Promise<UndecodedRecording> {
  const lines = readLines(path);
  const first = await lines.next();
  if (first.done) throw fileError(path, 'is empty: expected a recording');
  try {
    return { header: parseHeader(first.value, path), lines };
  } catch (error) {
    await lines.return();
    if (!(error instanceof FormatError)) throw error;
    throw fileError(path, `line 1: ${error.message}`);
  }
}

/** @throws FormatError; ProblemError when it is not the header of a recording. */
function parseHeader({ bytes, end }: Line, path: string): RecordingHeader {
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

/** The whole lines; if the last line is not whole, adds a problem instead of yielding it. */
export async function* wholeLines(
  lines: AsyncIterable<Line>,
  problems: LineProblems,
): AsyncGenerator<Line, void, void> {
  for await (const line of lines) {
    if (line.end === 'whole') yield line;
    else problems.addEnd(line);
  }
}

/** Decodes a whole line; a damaged line is added to `problems` and gives undefined. */
export function decodeLine(
  line: Line,
  problems: LineProblems,
  slots?: FieldSlots,
): RecordedSample | undefined {
  try {
    return decodeSample(parseJson(line.bytes), slots);
  } catch (error) {
    problems.addDamaged(line, error);
    return undefined;
  }
}

async function* decodeLines(
  lines: AsyncIterable<Line>,
  problems: LineProblems,
): AsyncGenerator<RecordedSample, void, void> {
  for await (const line of wholeLines(lines, problems)) {
    const sample = decodeLine(line, problems);
    if (sample !== undefined) yield sample;
  }
}
