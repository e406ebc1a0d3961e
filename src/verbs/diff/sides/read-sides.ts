import { listenForInterruption } from '../../../cli/interruption.ts';
import { type Problem, ProblemError } from '../../../model/errors/problem.ts';
import { UsageError } from '../../../model/errors/usage-error.ts';
import type { FieldSlots } from '../../../model/fields.ts';
import type { Sample } from '../../../model/sample.ts';
import { readSamplesAt } from '../../../recording/read/samples-at.ts';
import type { Clock } from '../../../sources/clock.ts';
import { takeSample } from '../../../sources/live/sampler.ts';
import type { SideOperand, SideOperands } from './operands.ts';
import type { SideSample } from './pair-sides.ts';
import { readSavedSides } from './read-saved-side.ts';
import { sampleTwice } from './sample-twice.ts';

/** What reading a side depends on, apart from its operand. */
export interface SideContext {
  readonly root: string;
  readonly clock: Clock;
  /** The register of slots for the fields of both sides. */
  readonly slots: FieldSlots;
  /** The only process to read from recordings; undefined for all. */
  readonly pid: number | undefined;
  /** Whether maps of live processes is enough (see DiffRequest). */
  readonly isMapsEnough: boolean;
  onProblem(problem: Problem): void;
}

/** The samples of both sides. */
export interface BothSides {
  readonly before: readonly SideSample[];
  readonly after: readonly SideSample[];
  /** Call it last: returns the status, or ends the program by the signal that interrupted the wait. */
  end(status: number): number;
}

/** Reads both sides. @throws ProblemError, or UsageError if --pid chooses nothing. */
export async function readSides(operands: SideOperands, context: SideContext): Promise<BothSides> {
  if (operands.type === 'two') {
    const before = await readSide(operands.before, context);
    const after = await readSide(operands.after, context);
    const files = [
      ...(operands.before.type === 'process' ? [] : before),
      ...(operands.after.type === 'process' ? [] : after),
    ];
    if (context.pid !== undefined && files.every(({ sample }) => sample.head.pid === 0)) {
      throw new UsageError(
        '--pid chooses a process of a file, but none of these says whose map it is',
      );
    }
    return { before, after, end: (status) => status };
  }
  // Ctrl-C ends the waiting, not the comparison.
  const interruption = listenForInterruption();
  const { pid, afterMs } = operands;
  const request = { ...context, pid, afterMs, signal: interruption.signal };
  const [before, after] = await sampleTwice(request);
  return {
    before: [liveSide(before, pid)],
    after: [liveSide(after, pid)],
    end: (status) => interruption.end(status),
  };
}

async function readSide(
  operand: SideOperand,
  context: SideContext,
): Promise<readonly SideSample[]> {
  const { root, clock, slots, isMapsEnough, onProblem } = context;
  if (operand.type === 'saved')
    return chosenOf(await readSavedSides(operand.file, slots, onProblem), context);
  if (operand.type === 'process') {
    const { pid } = operand;
    const epochMs = () => clock.epochMs();
    return [
      liveSide(
        takeSample({ root, pid, detail: 'all', isMapsEnough, slots, epochMs, onProblem }),
        pid,
      ),
    ];
  }
  const { file, at } = operand;
  const { samples } = await readSamplesAt(file, at, onProblem, { slots, keepsRows: true });
  const chosen = samples
    .filter(({ head }) => context.pid === undefined || head.pid === context.pid)
    .map((sample) => {
      const { moment, takenAtMs } = sample;
      return { sample, source: file, moment, takenAtMs };
    });
  if (chosen.length === 0) throw notHeld(file, context.pid, samples);
  return chosen;
}

/** The process that --pid chooses of several in a saved text; all, if none is chosen or known. */
function chosenOf(sides: readonly SideSample[], { pid }: SideContext): readonly SideSample[] {
  if (pid === undefined || sides.every(({ sample }) => sample.head.pid === 0)) return sides;
  const chosen = sides.filter(({ sample }) => sample.head.pid === pid);
  if (chosen.length === 0)
    throw notHeld(
      sides[0]?.source ?? '',
      pid,
      sides.map(({ sample }) => sample),
    );
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
