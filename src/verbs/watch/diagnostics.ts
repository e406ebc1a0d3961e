import { EXIT, statusOf } from '../../cli/exit-status.ts';
import { MissedTicks } from '../../cli/missed-ticks.ts';
import { noMatchTexts, waitingTexts } from '../../cli/no-match.ts';
import { complain } from '../../cli/output/stderr.ts';
import { problemText } from '../../cli/problem-text.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { formatDuration } from '../../model/units/duration.ts';
import type { Clock } from '../../sources/clock.ts';
import type { WatchOptions } from './options.ts';
import type { Missed } from './watcher.ts';

/** The messages of a watch on stderr, and the exit status that follows from its problems. */
export class WatchDiagnostics {
  readonly #program: string;
  readonly #choice: Pick<WatchOptions, 'name' | 'full'>;
  #status: number = EXIT.ok;
  readonly #monotonicMs: () => number;
  readonly #missed = new MissedTicks((ticks) => {
    const missed = this.#lastMissed;
    if (missed !== undefined) complain(this.#program, missedText({ ...missed, ticks }));
  });
  #lastMissed: Missed | undefined;
  #isWaiting = false;

  constructor(
    program: string,
    choice: Pick<WatchOptions, 'name' | 'full'>,
    { monotonicMs }: Pick<Clock, 'monotonicMs'>,
  ) {
    this.#choice = choice;
    this.#program = program;
    this.#monotonicMs = monotonicMs;
  }

  /** Reports a problem and remembers its status. */
  problem(problem: Problem): void {
    this.rememberStatus(problem);
    complain(this.#program, problemText(problem));
  }

  /** Remembers the status of a problem whose message is shown elsewhere. */
  rememberStatus({ code }: Problem): void {
    this.#status |= statusOf(code);
  }

  /** Reports missed ticks, at most once a minute: they must not fill a log. */
  missed(missed: Missed): void {
    this.#lastMissed = missed;
    this.#missed.add(missed.ticks, this.#monotonicMs());
  }

  /** Reports, once, that there is no process yet but one may come. */
  waiting(): void {
    if (!this.#isWaiting) complain(this.#program, ...waitingTexts(this.#choice));
    this.#isWaiting = true;
  }

  /** Repeats messages that were on the screen, which is gone. */
  repeat(messages: readonly string[]): void {
    complain(this.#program, ...messages);
  }

  /** Reports missed ticks that were held back. */
  end(): void {
    this.#missed.end();
  }

  /**
   * The exit status. A watch that never saw a process ends as if it had been named and is missing.
   */
  status(wasSeen: boolean): number {
    if (wasSeen || this.#status !== EXIT.ok) return this.#status;
    const [text = '', ...hints] = noMatchTexts(this.#choice);
    // While it waited, it said the rest already.
    complain(this.#program, text, ...(this.#isWaiting ? [] : hints));
    return EXIT.noSuchProcess;
  }
}

const CAUSES: Readonly<Record<Missed['cause'], string>> = {
  reading: 'reading took',
  writing: 'writing took',
  pause: 'tsmap was paused for',
};

/** A message that says how many ticks were missed, and why. */
export function missedText({ ticks, tookMs, cause }: Missed): string {
  const count = ticks === 1 ? '1 tick was missed' : `${ticks} ticks were missed`;
  // With tenths, as mostly the interval is exceeded by little: 1.2s and 1.9s differ.
  const isInTenths = tookMs >= 999.5 && tookMs < 60_000;
  const took = isInTenths ? `${(tookMs / 1000).toFixed(1)}s` : formatDuration(tookMs);
  return `${count}: ${CAUSES[cause]} ${took}`;
}
