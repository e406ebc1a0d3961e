import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import type { FieldSlots } from '../../model/fields.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';
import type { PositionInRecording } from '../../recording/read/position.ts';
import { readSamplesAt } from '../../recording/read/samples-at.ts';
import { isRecording } from '../../recording/read/sniff.ts';
import type { MapSource } from '../map-source.ts';
import { sampleSource } from './sample-source.ts';

/** The processes in one moment of a recording, to be reported like live ones. */
export interface RecordedSources {
  readonly sources: readonly MapSource[];
  readonly problems: readonly Problem[];
  /** When and where it was recorded; undefined if nothing could be read. */
  readonly origin: ReportOrigin | undefined;
  /** The limit of mappings per process on the machine that recorded it. */
  readonly maxMapCount: number | undefined;
}

/**
 * The processes of one moment of a recording, by default the last. Undefined if the file is not a
 * recording; with a `position`, which only recordings have, that is a problem instead. `slots` gives
 * fields their slots.
 */
export async function recordedSources(
  file: string,
  position: PositionInRecording | undefined,
  slots: FieldSlots,
): Promise<RecordedSources | undefined> {
  if (position === undefined && !(await isRecording(file))) return undefined;
  const problems: Problem[] = [];
  try {
    const chosen = position ?? ({ type: 'last' } as const);
    const onProblem = (problem: Problem) => problems.push(problem);
    const { header, samples } = await readSamplesAt(file, chosen, onProblem, {
      slots,
      keepsRows: false,
    });
    const takenAtMs = samples[0]?.takenAtMs ?? header.startedAtMs;
    return {
      sources: samples.map((sample) => sampleSource(file, sample)),
      problems,
      origin: {
        takenAt: new Date(takenAtMs).toISOString(),
        host: header.host,
        kernel: header.kernel,
      },
      maxMapCount: header.maxMapCount,
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const all = [...problems, error.problem];
    return { sources: [], problems: all, origin: undefined, maxMapCount: undefined };
  }
}
