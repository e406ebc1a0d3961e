import { sinkTo } from '../cli/output/sink.ts';

const STDOUT = 1;

/** The alternate screen, no cursor, lines that do not wrap; then the same back. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J';
const LEAVE = '\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const ERASE_LINE = '\x1b[K';

/** The terminal that stdout is, taken over as long as it is entered. */
export class TerminalScreen {
  #isEntered = false;

  /** Whether it is taken over now. */
  get isEntered(): boolean {
    return this.#isEntered;
  }

  /** As it is now; at least one of each where the terminal does not say. */
  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = process.stdout;
    return { columns: Math.max(1, columns || 80), rows: Math.max(1, rows || 24) };
  }

  /** What was on the screen stays below; once more clears it. @throws WriteError. */
  enter(): void {
    this.#isEntered = true;
    write(ENTER);
  }

  /** Replaces what is shown by these lines, which fit; in one piece, so that it does not flicker. */
  draw(lines: readonly string[]): void {
    if (!this.#isEntered) return;
    // A line is erased before it is written: behind its last column there is nothing to erase.
    write(HOME + lines.map((line) => ERASE_LINE + line).join('\r\n'));
  }

  /** Gives the terminal back as it was. Never fails: it may be gone. */
  leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    try {
      write(LEAVE);
    } catch {
      // A terminal that is gone needs nothing back.
    }
  }

  /** Calls back when the size changes. Returns what ends that. */
  onResize(listener: () => void): () => void {
    process.stdout.on('resize', listener);
    return () => process.stdout.removeListener('resize', listener);
  }
}

function write(text: string): void {
  sinkTo(STDOUT)(Buffer.from(text));
}
