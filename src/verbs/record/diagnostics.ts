import { EXIT, statusOf } from '../../cli/exit-status.ts';
import { MissedTicks } from '../../cli/missed-ticks.ts';
import { complain } from '../../cli/output/stderr.ts';
import { problemText } from '../../cli/problem-text.ts';
import { fromByteString } from '../../model/byte-string.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Clock } from '../../sources/clock.ts';
import type { Progress } from './progress.ts';
import type { RecordListener } from './recorder.ts';

/** The messages of a recording on stderr, and the exit status that follows from its problems. */
export class RecordDiagnostics implements RecordListener {
  readonly #progress: Progress;
  readonly #clock: Clock;
  readonly #missed: MissedTicks;
  status: number = EXIT.ok;

  /** `quiet` hides missed moments; errors are always printed. */
  constructor(progress: Progress, quiet: boolean, clock: Clock) {
    this.#progress = progress;
    this.#clock = clock;
    this.#missed = new MissedTicks((count) => {
      if (!quiet) this.#print(missedText(count));
    });
  }

  onProblem(problem: Problem): void {
    this.status |= statusOf(problem.code);
    this.#print(problemText(problem));
  }

  onEnded({ pid, comm }: ProcessHead): void {
    this.#progress.note(`${pid} (${fromByteString(comm)}): ended`);
  }

  onMissed(count: number): void {
    this.#missed.add(count, this.#clock.monotonicMs());
  }

  onMoment(): void {
    this.#progress.draw();
  }

  /** Reports missed moments that were not reported yet. */
  end(): void {
    this.#missed.end();
  }

  #print(message: string): void {
    this.#progress.aside(() => complain('tsmap', message));
  }
}

function missedText(count: number): string {
  const moments = count === 1 ? '1 moment was' : `${count} moments were`;
  return `${moments} missed: reading takes longer than the interval`;
}
