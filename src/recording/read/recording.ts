import { fileError } from '../../model/file-error.ts';
import type { Problem } from '../../model/problem.ts';
import { decodeHeader, type RecordingHeader, schemaProblem } from '../header.ts';
import { FormatError } from '../json-shape.ts';
import { Damage } from './damage.ts';
import { decodeSample, type RecordedSample } from './decode.ts';
import { type Line, readLines } from './lines.ts';

/** A recording that is being read; it holds one sample at a time. */
export interface Recording {
  readonly header: RecordingHeader;
  /** What was wrong with the lines read so far; all of them once the samples came to their end. */
  readonly problems: readonly Problem[];
  /**
   * The samples in the order of the file, once: a line that is damaged is left out, see `problems`.
   *
   * @throws ProblemError where the file cannot be read on.
   */
  samples(): AsyncGenerator<RecordedSample, void, void>;
  /** Ends the reading where the samples are not read to their end. */
  close(): Promise<void>;
}

/** The lines of a recording behind its header, undecoded. */
export interface RawRecording {
  readonly header: RecordingHeader;
  readonly lines: AsyncGenerator<Line, void, void>;
}

/**
 * Opens a recording, `-` for standard input; gzip and zstd are told by the content.
 *
 * @throws ProblemError when it cannot be read, is empty, no recording, or one of a newer schema.
 */
export async function openRecording(path: string): Promise<Recording> {
  const { header, lines } = await openRaw(path);
  const damage = new Damage(path);
  return {
    header,
    get problems() {
      return damage.problems;
    },
    samples: () => decodedSamples(lines, damage),
    close: async () => {
      await lines.return();
    },
  };
}

/** Opens a recording without decoding its samples. @throws as openRecording. */
export async function openRaw(path: string): Promise<RawRecording> {
  const lines = readLines(path);
  const first = await lines.next();
  if (first.done) throw fileError(path, 'is empty: expected a recording');
  try {
    return { header: headerOf(first.value, path), lines };
  } catch (error) {
    await lines.return();
    if (!(error instanceof FormatError)) throw error;
    throw fileError(path, `line 1: ${error.message}`);
  }
}

/** @throws FormatError, ProblemError where it is a header of something else. */
function headerOf({ bytes, end }: Line, path: string): RecordingHeader {
  const json = headerJson(bytes, end === 'whole');
  const problem = schemaProblem(json);
  if (problem !== undefined) throw fileError(path, problem);
  return decodeHeader(json);
}

function headerJson(bytes: Buffer, isWhole: boolean): unknown {
  try {
    return parseLine(bytes);
  } catch {
    const isBegun = bytes.toString('latin1', 0, 12) === '{"schema":"t';
    if (isWhole || !isBegun) return undefined;
    throw new FormatError('is cut: nothing was recorded in it; record --force replaces it');
  }
}

async function* decodedSamples(
  lines: AsyncGenerator<Line, void, void>,
  damage: Damage,
): AsyncGenerator<RecordedSample, void, void> {
  for await (const line of lines) {
    if (line.end !== 'whole') damage.addEnd(line);
    else {
      const sample = sampleOf(line, damage);
      if (sample !== undefined) yield sample;
    }
  }
}

/** Decodes a whole line; undefined, and told to `damage`, where it is damaged. */
export function sampleOf(line: Line, damage: Damage): RecordedSample | undefined {
  try {
    return decodeSample(parseLine(line.bytes));
  } catch (error) {
    damage.add(line, error);
    return undefined;
  }
}

/** @throws FormatError where the bytes are no JSON. */
export function parseLine(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new FormatError('is no JSON');
  }
}
