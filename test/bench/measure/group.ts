import type { Contestant } from '../plan/contestants.ts';
import type { Subject } from '../plan/subjects.ts';
import type { Row } from '../report/results.ts';
import type { Jobs } from './jobs.ts';
import { measure, type Usage } from './measure.ts';
import { inTurns } from './rounds.ts';
import { summarize } from './statistics.ts';

/**
 * Measures contestants over one process, in turns, after a first run of each that shows whether it
 * does its work.
 *
 * @throws Error if one fails, because a failed run is not a measurement.
 */
export async function measureGroup(
  jobs: Jobs,
  helper: string,
  contestants: readonly Contestant[],
  subject: Subject,
  rounds: number,
): Promise<readonly Row[]> {
  for (const contestant of contestants) await warmUp(jobs, contestant, subject);
  const usages = await inTurns(contestants, rounds, ({ command }) =>
    measure(jobs, helper, command(subject)),
  );
  return [...usages].map(([{ label }, runs]) => toRow(label, runs));
}

async function warmUp(jobs: Jobs, contestant: Contestant, subject: Subject): Promise<void> {
  const { label, command } = contestant;
  const { status, lines, stderr } = await jobs.run(command(subject));
  const least = contestant.leastLines(subject.mappings);
  const said = stderr.trim().slice(0, 500);
  if (status !== 0) throw new Error(`${label} fails with status ${status}: ${said}`);
  if (lines < least) {
    throw new Error(`${label} prints ${lines} lines instead of ${least} or more: ${said}`);
  }
}

function toRow(label: string, runs: readonly Usage[]): Row {
  const of = (figure: keyof Usage) => summarize(runs.map((usage) => usage[figure]));
  return {
    label,
    wallMs: of('wallMs'),
    userMs: of('userMs'),
    systemMs: of('systemMs'),
    peakKib: of('peakKib'),
  };
}
