import type { Level, Limit, LimitedFigures, Verdict } from './limits.ts';

/** Compares a value with a limit; a value equal to the limit is within it. */
export function levelOf({ warn, max }: Limit, value: number): Level {
  if (max !== undefined && value > max) return 'exceeded';
  return warn !== undefined && value > warn ? 'warning' : 'ok';
}

/** The figures of one reading, and when it was made. */
interface TimedFigures {
  readonly atMs: number;
  readonly figures: LimitedFigures;
}

/**
 * Compares the readings of one process with its limits.
 *
 * Growth is the change from the oldest reading within the window to the newest, so too much growth is
 * found at once, even before a full window has passed. After a single reading, growth is not known.
 */
export class Judge {
  readonly #limits: readonly Limit[];
  readonly #longestMs: number;
  /** The readings within the longest window; only the newest if growth is not limited. */
  #readings: TimedFigures[] = [];

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
    this.#longestMs = Math.max(0, ...limits.map(({ windowMs = 0 }) => windowMs));
  }

  /** Adds the newest reading and judges it; `atMs` is its time, counted from any fixed point. */
  judge(atMs: number, figures: LimitedFigures): Verdict[] {
    this.#readings.push({ atMs, figures });
    const kept = this.#readings.findIndex((reading) => reading.atMs >= atMs - this.#longestMs);
    this.#readings.splice(0, kept);
    return this.#limits.flatMap((limit) => this.#verdict(limit, atMs, figures));
  }

  #verdict(limit: Limit, atMs: number, figures: LimitedFigures): Verdict[] {
    const { column, windowMs } = limit;
    const now = figures.get(column.id);
    if (now === undefined) return [];
    if (windowMs === undefined) return [{ limit, value: now, level: levelOf(limit, now) }];
    const oldest = this.#readings.find((reading) => reading.atMs >= atMs - windowMs);
    const before = oldest?.figures.get(column.id);
    if (oldest === undefined || oldest.atMs === atMs || before === undefined) return [];
    const value = now - before;
    return [{ limit, value, measuredMs: atMs - oldest.atMs, level: levelOf(limit, value) }];
  }
}
