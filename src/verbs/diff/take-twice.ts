import type { FieldSlots } from '../../model/fields.ts';
import { type Problem, ProblemError } from '../../model/problem.ts';
import { isStillThere, type Sample } from '../../model/sample.ts';
import type { Clock } from '../../sources/clock.ts';
import { takeSample } from '../../sources/sampler.ts';

/** A process that is compared with itself. */
export interface AfterRequest {
  readonly root: string;
  readonly pid: number;
  /** How long to wait between the two looks; less where `signal` is aborted. */
  readonly afterMs: number;
  readonly clock: Clock;
  /** Gives the fields of both samples their slots. */
  readonly slots: FieldSlots;
  readonly signal: AbortSignal;
  onProblem(problem: Problem): void;
}

/**
 * Takes a sample of a process, and another one after a while: at once when `signal` is aborted.
 *
 * @throws ProblemError when it cannot be read, ended in between, or its pid is another process's.
 */
export async function takeTwice(request: AfterRequest): Promise<readonly [Sample, Sample]> {
  const { root, pid, clock, slots, afterMs, signal, onProblem } = request;
  const take = () =>
    takeSample({ root, pid, detail: 'all', slots, epochMs: () => clock.epochMs(), onProblem });
  const before = take();
  const dueMs = clock.monotonicMs() + afterMs;
  for (let restMs = afterMs; restMs > 0 && !signal.aborted; ) {
    // Timers may end a little early.
    await clock.sleep(restMs, signal);
    restMs = dueMs - clock.monotonicMs();
  }
  const after = unlessEnded(take, pid);
  if (!isStillThere(before.head, after.head)) throw ended(pid);
  return [before, after];
}

function unlessEnded(take: () => Sample, pid: number): Sample {
  try {
    return take();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'no-such-process') throw ended(pid);
    throw error;
  }
}

function ended(pid: number): ProblemError {
  const message = 'ended before the second look: there is nothing to compare';
  return new ProblemError({ pid, code: 'no-such-process', message });
}
