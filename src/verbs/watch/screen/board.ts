import { grown } from '../../../aggregate/trends/movers.ts';
import { describe } from '../../../cli/problem-text.ts';
import { visible } from '../../../format/visible.ts';
import { fromByteString, toByteString } from '../../../model/byte-string.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Ending, MoverGrouping, WatchReading } from '../../../model/watch-reading.ts';
import { clockText } from '../clock-text.ts';
import { missedText } from '../diagnostics.ts';
import type { Missed, WatchView } from '../watcher.ts';
import type { FrameState } from './frame.ts';
import type { ProcessView } from './process-view.ts';

/** Ended processes, and messages, that are kept: a watch may go on for weeks. */
const MOST_KEPT = 100;
const MESSAGE_MS = 60_000;

/** What a board is asked while it hears of a watch. */
export interface BoardOptions {
  readonly top: number;
  readonly intervalMs: number;
  epochMs(): number;
  /** How mappings are grouped that are told of now. */
  grouping(): MoverGrouping | undefined;
}

/** What is known of a watch now: all that a screen can show of it. */
export class WatchBoard implements Omit<WatchView, 'settled'> {
  readonly #options: BoardOptions;
  readonly #live = new Map<number, ProcessView>();
  /** The last one first. */
  readonly #endings: Ending[] = [];
  readonly #messages: string[] = [];
  #message: { readonly text: string; readonly untilMs: number } | undefined;
  #endedCount = 0;
  #readings = 0;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** How many processes ended whose endings were not kept, before those that were. */
  get forgotten(): number {
    return this.#endedCount - this.#endings.length;
  }

  /** How the processes went that were watched, as they ended; of many the last. */
  get endings(): readonly Ending[] {
    return [...this.#endings].reverse();
  }

  /** What went wrong. */
  get messages(): readonly string[] {
    return this.#messages;
  }

  reading({ head, courses, movers = [] }: WatchReading): void {
    const { top } = this.#options;
    const by = this.#options.grouping();
    this.#live.set(head.askedPid, { head, courses, movers: grown(movers, top), by });
  }

  ending(ending: Ending): void {
    this.#live.delete(ending.head.askedPid);
    this.#endedCount++;
    this.#endings.unshift(ending);
    this.#endings.splice(MOST_KEPT);
  }

  problem(problem: Problem): void {
    this.#say(describe(problem));
  }

  missed(missed: Missed): void {
    this.#say(missedText(missed));
  }

  tick(): void {
    this.#readings++;
  }

  /** What a screen shows, without what its user chose. */
  state(): Omit<FrameState, 'display' | 'hasKeys'> {
    const nowMs = this.#options.epochMs();
    const message = this.#message;
    return {
      processes: [...this.#live.values()],
      ended: this.#endings.map(({ head, courses, durationMs }) => {
        return { head, courses, movers: [], by: undefined, ended: { durationMs } };
      }),
      endedCount: this.#endedCount,
      time: clockText(nowMs, nowMs, false),
      intervalMs: this.#options.intervalMs,
      readings: this.#readings,
      message: message !== undefined && nowMs < message.untilMs ? message.text : undefined,
    };
  }

  #say(text: string): void {
    const { intervalMs, epochMs } = this.#options;
    const nowMs = epochMs();
    const harmless = fromByteString(visible(toByteString(text), true));
    const line = `${clockText(nowMs, nowMs, false)} ${harmless}`;
    this.#message = { text: line, untilMs: nowMs + Math.max(MESSAGE_MS, 3 * intervalMs) };
    this.#messages.push(line);
    if (this.#messages.length > MOST_KEPT) this.#messages.shift();
  }
}
