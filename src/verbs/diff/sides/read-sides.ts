import { listenForInterruption } from '../../../cli/interruption.ts';
import { type Problem, ProblemError } from '../../../model/errors/problem.ts';
import type { FieldSlots } from '../../../model/fields.ts';
import type { Sample } from '../../../model/sample.ts';
import { readSamplesAt } from '../../../recording/read/samples-at.ts';
import type { Clock } from '../../../sources/clock.ts';
import { takeSample } from '../../../sources/sampler.ts';
import type { SideOperand, SideOperands } from './operands.ts';
import type { SideSample } from './pair-sides.ts';
import { readSavedSide } from './read-saved-side.ts';
import { sampleTwice } from './sample-twice.ts';

/** The surroundings in which sides are read. */
export interface SideReading {
  readonly root: string;
  readonly clock: Clock;
  /** The register of slots for the fields of both sides. */
  readonly slots: FieldSlots;
  /** The only process to read from recordings; undefined for all. */
  readonly pid: number | undefined;
  onProblem(problem: Problem): void;
}

/** The samples of both sides. */
export interface BothSides {
  readonly before: readonly SideSample[];
  readonly after: readonly SideSample[];
  /** To be called at the end with the exit status; returns it, or dies of the signal that came meanwhile. */
  end(status: number): number;
}

/** Reads both sides. @throws ProblemError. */
export async function readSides(operands: SideOperands, reading: SideReading): Promise<BothSides> {
  if (operands.type === 'two') {
    const before = await readSide(operands.before, reading);
    const after = await readSide(operands.after, reading);
    return { before, after, end: (status) => status };
  }
  // Ctrl-C ends the waiting, not the comparison.
  const interruption = listenForInterruption();
  const { pid, afterMs } = operands;
  const request = { ...reading, pid, afterMs, signal: interruption.signal };
  const [before, after] = await sampleTwice(request);
  return {
    before: [liveSide(before, pid)],
    after: [liveSide(after, pid)],
    end: (status) => interruption.end(status),
  };
}

async function readSide(
  operand: SideOperand,
  reading: SideReading,
): Promise<readonly SideSample[]> {
  const { root, clock, slots, onProblem } = reading;
  if (operand.type === 'saved') return [readSavedSide(operand.file, slots, onProblem)];
  if (operand.type === 'process') {
    const { pid } = operand;
    const epochMs = () => clock.epochMs();
    return [liveSide(takeSample({ root, pid, detail: 'all', slots, epochMs, onProblem }), pid)];
  }
  const { file, at } = operand;
  const { samples } = await readSamplesAt(file, at, onProblem, slots);
  const chosen = samples
    .filter(({ head }) => reading.pid === undefined || head.pid === reading.pid)
    .map((sample) => {
      const { moment, takenAtMs } = sample;
      return { sample, source: file, moment, takenAtMs };
    });
  if (chosen.length === 0) throw notHeld(file, reading.pid, samples);
  return chosen;
}

function liveSide(sample: Sample, pid: number): SideSample {
  return { sample, source: String(pid), takenAtMs: sample.takenAtMs };
}

function notHeld(file: string, pid: number | undefined, samples: readonly Sample[]): ProblemError {
  const held = samples.map(({ head }) => head.pid).join(', ');
  const message = `does not hold process ${pid} at that moment, only ${held}`;
  return new ProblemError({ pid: 0, subject: file, code: 'no-such-process', message });
}
