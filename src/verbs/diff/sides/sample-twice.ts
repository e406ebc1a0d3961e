import { type Problem, ProblemError } from '../../../model/errors/problem.ts';
import type { FieldSlots } from '../../../model/fields.ts';
import { isStillThere, type Sample } from '../../../model/sample.ts';
import type { Clock } from '../../../sources/clock.ts';
import { takeSample } from '../../../sources/live/sampler.ts';

/** A process to sample twice, and when. */
export interface SampleTwiceRequest {
  readonly root: string;
  readonly pid: number;
  /** Time between the two samples; shorter if `signal` is aborted. */
  readonly afterMs: number;
  readonly clock: Clock;
  /** Whether maps is enough (see DiffRequest). */
  readonly isMapsEnough?: boolean;
  /** The register of slots for the fields of both samples. */
  readonly slots: FieldSlots;
  readonly signal: AbortSignal;
  onProblem(problem: Problem): void;
}

/**
 * Takes a sample of a process, and another one after `afterMs`, or as soon as `signal` is aborted.
 *
 * @throws ProblemError if the process cannot be read, or ended before the second sample, even if
 *   another process has its pid by then.
 */
export async function sampleTwice(request: SampleTwiceRequest): Promise<readonly [Sample, Sample]> {
  const { afterMs, clock, signal, pid, ...sample } = request;
  const take = () => takeSample({ ...sample, pid, detail: 'all', epochMs: () => clock.epochMs() });
  const before = take();
  const dueMs = clock.monotonicMs() + afterMs;
  for (let restMs = afterMs; restMs > 0 && !signal.aborted; ) {
    // Timers may fire a little early.
    await clock.sleep(restMs, signal);
    restMs = dueMs - clock.monotonicMs();
  }
  const after = takeSecond(take, pid);
  if (!isStillThere(before.head, after.head)) throw endedTooSoon(pid);
  return [before, after];
}

function takeSecond(take: () => Sample, pid: number): Sample {
  try {
    return take();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'no-such-process')
      throw endedTooSoon(pid);
    throw error;
  }
}

function endedTooSoon(pid: number): ProblemError {
  const message = 'ended before the second sample, so there is nothing to compare';
  return new ProblemError({ pid, code: 'no-such-process', message });
}
