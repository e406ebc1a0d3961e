import { EXIT, statusOf } from '../../cli/exit-status.ts';
import { MissedTicks } from '../../cli/missed-ticks.ts';
import { complain } from '../../cli/output/stderr.ts';
import { describe } from '../../cli/problem-text.ts';
import { formatDuration } from '../../model/duration.ts';
import type { Problem } from '../../model/problem.ts';
import type { Clock } from '../../sources/clock.ts';
import type { Missed } from './watcher.ts';

/** What a watch says beside its rows, on stderr, and the status that follows from it. */
export class Told {
  readonly #program: string;
  #status: number = EXIT.ok;
  readonly #monotonicMs: () => number;
  readonly #missed = new MissedTicks((ticks) => {
    const missed = this.#lastMissed;
    if (missed !== undefined) complain(this.#program, missedText({ ...missed, ticks }));
  });
  #lastMissed: Missed | undefined;
  #isWaiting = false;

  constructor(program: string, { monotonicMs }: Pick<Clock, 'monotonicMs'>) {
    this.#program = program;
    this.#monotonicMs = monotonicMs;
  }

  problem(problem: Problem): void {
    this.note(problem);
    complain(this.#program, describe(problem));
  }

  /** Remembers the status alone, where the message is shown elsewhere. */
  note({ code }: Problem): void {
    this.#status |= statusOf(code);
  }

  /** Said at most once a minute: a log must not fill with it. */
  missed(missed: Missed): void {
    this.#lastMissed = missed;
    this.#missed.add(missed.ticks, this.#monotonicMs());
  }

  /** Says what was kept back. */
  end(): void {
    this.#missed.end();
  }

  /** No process is there, but one may come: said once, at the beginning. */
  waiting(): void {
    if (!this.#isWaiting) complain(this.#program, 'no process matches yet, waiting for one');
    this.#isWaiting = true;
  }

  /** Says at the end what was on the screen, which is gone. */
  lines(texts: readonly string[]): void {
    complain(this.#program, ...texts);
  }

  /** The status to end with: a watch of nothing at all is as a process that does not exist. */
  status(wasSeen: boolean): number {
    if (wasSeen || this.#status !== EXIT.ok) return this.#status;
    complain(this.#program, 'no process matches');
    return EXIT.noSuchProcess;
  }
}

/** Ticks that were missed, and why. */
export function missedText({ ticks, tookMs, cause }: Missed): string {
  const count = ticks === 1 ? '1 tick was missed' : `${ticks} ticks were missed`;
  // Tenths tell 1.2s and 1.9s apart, as a missed tick is mostly one by a little.
  const isInTenths = tookMs >= 999.5 && tookMs < 60_000;
  const took = isInTenths ? `${(tookMs / 1000).toFixed(1)}s` : formatDuration(tookMs);
  const why = { reading: 'reading took', writing: 'writing took', pause: 'tsmap stood still for' };
  return `${count}: ${why[cause]} ${took}`;
}
