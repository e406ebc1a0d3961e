import type { Missed } from '../commands/watch.ts';
import { formatDuration } from '../model/duration.ts';
import type { Problem } from '../model/problem.ts';
import { EXIT, statusOf } from './exit-status.ts';
import { describe } from './problem-text.ts';
import { complain } from './stderr.ts';

/** What a watch says beside its rows, on stderr, and the status that follows from it. */
export class Told {
  readonly #program: string;
  #status: number = EXIT.ok;
  #isWaiting = false;

  constructor(program: string) {
    this.#program = program;
  }

  problem(problem: Problem): void {
    this.note(problem);
    complain(this.#program, describe(problem));
  }

  /** Remembers the status alone, where the message is shown elsewhere. */
  note({ code }: Problem): void {
    this.#status |= statusOf(code);
  }

  missed(missed: Missed): void {
    complain(this.#program, missedText(missed));
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
