import { print } from '../../../cli/output/stdout.ts';
import { unicodeWidth } from '../../../format/unicode-width.ts';
import type { MoverGrouping } from '../../../model/watch/watch-reading.ts';
import type { Watched } from '../../../model/watch/watched.ts';
import { chalkFor } from '../../../terminal/chalk-style.ts';
import { wantsTerminalColor } from '../../../terminal/color.ts';
import { glyphsOfLocale } from '../../../terminal/glyphs.ts';
import { renderLine, type TonePainter } from '../../../terminal/line.ts';
import { TerminalSession } from '../../../terminal/session.ts';
import type { WatchDiagnostics } from '../diagnostics.ts';
import { sizesOf, topOf } from '../display-options.ts';
import type { WatchOptions } from '../options.ts';
import type { WatchView } from '../watcher.ts';
import type { WatchOutput } from '../written-output.ts';
import { WatchBoard } from './board.ts';
import { endLines } from './end-table.ts';
import { frameLines } from './frame.ts';
import { effectOf, figureOf, firstDisplay, keysIn } from './keys.ts';

/** Values of the widest sparkline. */
const RECENT = 60;

/** Takes over the terminal and shows a watch, redrawn in place; the key `q` calls `stop`. */
export function openLiveView(
  options: WatchOptions,
  figures: readonly Watched[],
  intervalMs: number,
  diagnostics: WatchDiagnostics,
  stop: () => void,
): WatchOutput {
  const view = new LiveView(options, figures, intervalMs, diagnostics, stop);
  view.open();
  return view;
}

class LiveView implements WatchOutput {
  readonly recent = RECENT;
  readonly isCut = false;
  readonly #options: WatchOptions;
  readonly #figures: readonly Watched[];
  readonly #diagnostics: WatchDiagnostics;
  readonly #stop: () => void;
  readonly #glyphs = glyphsOfLocale();
  readonly #paint: TonePainter;
  readonly #session: TerminalSession;
  readonly #board: WatchBoard;
  #display;
  /** The state on the screen; while it is paused, an earlier one. */
  #shown;
  #isClosed = false;

  constructor(
    options: WatchOptions,
    figures: readonly Watched[],
    intervalMs: number,
    diagnostics: WatchDiagnostics,
    stop: () => void,
  ) {
    this.#options = options;
    this.#figures = figures;
    this.#diagnostics = diagnostics;
    this.#stop = stop;
    this.#paint = paintFor(options);
    this.#display = firstDisplay(options, figures);
    this.#board = new WatchBoard({
      top: topOf(options),
      intervalMs,
      epochMs: () => Date.now(),
      grouping: () => this.grouping(),
    });
    this.#shown = this.#board.state();
    this.#session = new TerminalSession(
      {
        onText: (text) => keysIn(text).forEach((key) => void this.#onKey(key)),
        onRedraw: () => this.#draw(),
      },
      print,
    );
  }

  get view(): WatchView {
    const board = this.#board;
    return {
      reading: (reading) => board.reading(reading),
      ending: (ending) => board.ending(ending),
      missed: (missed) => board.missed(missed),
      problem: (problem) => {
        this.#diagnostics.rememberStatus(problem);
        board.problem(problem);
      },
      tick: () => {
        board.tick();
        this.#update();
      },
      settled: async () => {},
    };
  }

  open(): void {
    this.#session.open();
  }

  grouping(): MoverGrouping | undefined {
    return this.#display.mode === 'total' ? undefined : this.#display.mode;
  }

  /** Leaves the screen, then prints what is to stay: the end table, and the messages. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#session.close();
    const { endings, forgotten, messages } = this.#board;
    const lines = endLines(endings, figureOf(this.#display), forgotten, {
      sizes: sizesOf(this.#options),
      widthOf: unicodeWidth,
      glyphs: this.#glyphs,
    });
    if (!this.#options.quiet) print(lines.map((line) => `${line}\n`).join(''));
    this.#diagnostics.repeat(messages);
  }

  #onKey(key: string): void {
    const effect = effectOf(key, this.#display);
    if (effect === undefined) return;
    if (effect === 'quit') this.#stop();
    else if (effect === 'suspend') this.#session.suspend();
    else if (effect === 'redraw') this.#session.screen.enter();
    else this.#display = effect;
    this.#update();
  }

  #update(): void {
    if (!this.#display.isPaused) this.#shown = this.#board.state();
    this.#draw();
  }

  #draw(): void {
    const { columns, rows } = this.#session.screen.size;
    const drawing = {
      width: columns,
      sizes: sizesOf(this.#options),
      figures: this.#figures,
      glyphs: this.#glyphs,
      widthOf: unicodeWidth,
    };
    const state = {
      ...this.#shown,
      display: this.#display,
      hasKeys: this.#session.hasKeys,
    };
    const lines = frameLines(state, rows, drawing);
    this.#session.screen.draw(
      lines.map((line) => renderLine(line, columns, unicodeWidth, this.#paint)),
    );
  }
}

function paintFor({ color }: WatchOptions): TonePainter {
  const chalk = chalkFor(wantsTerminalColor(color));
  const looks = {
    plain: (text: string) => text,
    dim: chalk.dim,
    bold: chalk.bold,
    rise: chalk.yellow,
    fall: chalk.green,
    alert: chalk.yellow.bold,
  };
  return (text, tone) => looks[tone](text);
}
