/** Switches to the alternate screen, hides the cursor, stops lines from wrapping, clears. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J';
/** Undoes ENTER, and resets colours. */
const LEAVE = '\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const ERASE_LINE = '\x1b[K';

/** The screen of the terminal on stdout: the alternate screen while it is entered. */
export class TerminalScreen {
  readonly #write: (text: string) => void;
  #isEntered = false;

  /** `write` writes a text to stdout; `enter` and `draw` throw what it throws. */
  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  get isEntered(): boolean {
    return this.#isEntered;
  }

  /** The current size, at least 1 by 1; 80 by 24 if the terminal does not report it. */
  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = process.stdout;
    return { columns: Math.max(1, columns || 80), rows: Math.max(1, rows || 24) };
  }

  /** Enters the alternate screen; called again, clears it. */
  enter(): void {
    this.#isEntered = true;
    this.#write(ENTER);
  }

  /** Shows lines that fit the screen instead of the current ones; one write, to avoid flicker. */
  draw(lines: readonly string[]): void {
    if (!this.#isEntered) return;
    // Erase before writing: after a line of full width, erasing would take its last character.
    this.#write(HOME + lines.map((line) => ERASE_LINE + line).join('\r\n'));
  }

  /** Goes back to the normal screen. Idempotent; never throws, even if the terminal is gone. */
  leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    try {
      this.#write(LEAVE);
    } catch {
      // A terminal that is gone needs no restoring.
    }
  }

  /** Calls `listener` when the size changes. Returns a function that stops that. */
  onResize(listener: () => void): () => void {
    process.stdout.on('resize', listener);
    return () => process.stdout.removeListener('resize', listener);
  }
}
