import { grown } from '../../../aggregate/trends/movers.ts';
import { problemText } from '../../../cli/problem-text.ts';
import { visible } from '../../../format/visible.ts';
import { fromByteString, toByteString } from '../../../model/byte-string.ts';
import type { Problem } from '../../../model/errors/problem.ts';
import type { Ending, MoverGrouping, WatchReading } from '../../../model/watch/watch-reading.ts';
import { clockText } from '../clock-text.ts';
import { missedText } from '../diagnostics.ts';
import type { Missed, WatchView } from '../watcher.ts';
import type { FrameState } from './frame.ts';
import type { ProcessView } from './process-view.ts';

/** The most ended processes, and messages, that are kept: a watch may take weeks. */
const MOST_KEPT = 100;
/** The least time for which a message is shown. */
const MESSAGE_MS = 60_000;

/** How a board keeps a watch. */
export interface BoardOptions {
  /** The most movers that are kept of a process. */
  readonly top: number;
  readonly intervalMs: number;
  epochMs(): number;
  /** How the mappings of the current readings are grouped. */
  grouping(): MoverGrouping | undefined;
}

/** The current state of a watch: all that the screen can show of it. */
export class WatchBoard implements Omit<WatchView, 'settled'> {
  readonly #options: BoardOptions;
  readonly #live = new Map<number, ProcessView>();
  /** The most recent first. */
  readonly #endings: Ending[] = [];
  readonly #messages: string[] = [];
  #message: { readonly text: string; readonly untilMs: number } | undefined;
  #endedCount = 0;
  #readings = 0;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** How many processes ended earlier than those whose endings are kept. */
  get forgotten(): number {
    return this.#endedCount - this.#endings.length;
  }

  /** The endings of processes in order; of many, only the most recent. */
  get endings(): readonly Ending[] {
    return [...this.#endings].reverse();
  }

  /** All messages; of many, only the most recent. */
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
    this.#say(problemText(problem));
  }

  missed(missed: Missed): void {
    this.#say(missedText(missed));
  }

  tick(): void {
    this.#readings++;
  }

  /** What the screen shows, apart from the choices of its user. */
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
