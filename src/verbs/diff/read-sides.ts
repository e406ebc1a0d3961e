import { listenForInterruption } from '../../cli/interruption.ts';
import type { FieldSlots } from '../../model/fields.ts';
import { type Problem, ProblemError } from '../../model/problem.ts';
import type { Sample } from '../../model/sample.ts';
import { readSamplesAt } from '../../recording/read/samples-at.ts';
import type { Clock } from '../../sources/clock.ts';
import { takeSample } from '../../sources/sampler.ts';
import type { Side, Sides } from './operands.ts';
import { readSavedSide, type SideSample } from './pair-sides.ts';
import { takeTwice } from './take-twice.ts';

/** What sides are read with. */
export interface SideReading {
  readonly root: string;
  readonly clock: Clock;
  /** Gives the fields of both sides their slots. */
  readonly slots: FieldSlots;
  /** Of recordings the one process that is meant; all where it is not there. */
  readonly pid: number | undefined;
  onProblem(problem: Problem): void;
}

/** Both sides as they were read, and the signal that the program has to end of, if any. */
export interface BothSides {
  readonly before: readonly SideSample[];
  readonly after: readonly SideSample[];
  /** To be called when all is done, with the status to end with; see Interruption. */
  end(status: number): number;
}

/** Reads what is compared. @throws ProblemError. */
export async function readSides(sides: Sides, reading: SideReading): Promise<BothSides> {
  if (sides.type === 'two') {
    const before = await readSide(sides.before, reading);
    const after = await readSide(sides.after, reading);
    return { before, after, end: (status) => status };
  }
  // Ctrl-C ends the waiting, not the comparison.
  const interruption = listenForInterruption();
  const { pid, afterMs } = sides;
  const request = { ...reading, pid, afterMs, signal: interruption.signal };
  const [before, after] = await takeTwice(request);
  return {
    before: [liveSide(before, pid)],
    after: [liveSide(after, pid)],
    end: (status) => interruption.end(status),
  };
}

async function readSide(side: Side, reading: SideReading): Promise<readonly SideSample[]> {
  const { root, clock, slots, onProblem } = reading;
  if (side.type === 'saved') return [readSavedSide(side.file, slots, onProblem)];
  if (side.type === 'process') {
    const { pid } = side;
    const epochMs = () => clock.epochMs();
    return [liveSide(takeSample({ root, pid, detail: 'all', slots, epochMs, onProblem }), pid)];
  }
  const { samples } = await readSamplesAt(side.file, side.at, onProblem, slots);
  const chosen = samples
    .filter(({ head }) => reading.pid === undefined || head.pid === reading.pid)
    .map((sample) => ({
      sample,
      source: side.file,
      moment: sample.moment,
      takenAtMs: sample.takenAtMs,
    }));
  if (chosen.length === 0) throw missing(side.file, reading.pid, samples);
  return chosen;
}

function liveSide(sample: Sample, pid: number): SideSample {
  return { sample, source: String(pid), takenAtMs: sample.takenAtMs };
}

function missing(file: string, pid: number | undefined, samples: readonly Sample[]): ProblemError {
  const held = samples.map(({ head }) => head.pid).join(', ');
  const message = `does not hold the process ${pid} at that moment, but ${held}`;
  return new ProblemError({ pid: 0, subject: file, code: 'no-such-process', message });
}
