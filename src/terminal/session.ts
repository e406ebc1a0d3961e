import { type Keyboard, keyboardOf } from './keyboard.ts';
import { TerminalScreen } from './screen.ts';

/** What a view does with a terminal. */
export interface SessionListener {
  /** What was typed. */
  onText(text: string): void;
  /** The screen is empty or has another size. */
  onRedraw(): void;
}

/** A stop that the terminal's job control does not carry out (no shell to go back to) ends so soon. */
const RESUME_MS = 100;

/**
 * Screen and keyboard, taken together and given back in whatever way the program ends: by `close`, by
 * an error that nobody caught, by an exit. Stopping (Ctrl-Z) gives them back for the time.
 */
export class TerminalSession {
  readonly screen = new TerminalScreen();
  readonly #keyboard: Keyboard | undefined;
  readonly #listener: SessionListener;
  readonly #release = () => this.#giveBack();
  readonly #onStop = () => this.suspend();
  /** Ctrl-\ where stdin is no terminal: it ends the program as it would have without us. */
  readonly #onQuit = () => {
    this.#giveBack();
    process.removeListener('SIGQUIT', this.#onQuit);
    process.kill(process.pid, 'SIGQUIT');
    // The init of a container survives signals that it does not handle.
    this.#resuming = setTimeout(() => {
      process.on('SIGQUIT', this.#onQuit);
      this.#take();
    }, RESUME_MS);
  };
  /** Whoever had the terminal meanwhile may have changed it, so it is taken anew in any case. */
  readonly #onContinue = () => this.#take();
  #endResize = () => {};
  #resuming: NodeJS.Timeout | undefined;

  constructor(listener: SessionListener) {
    this.#listener = listener;
    this.#keyboard = keyboardOf((text) => listener.onText(text));
  }

  get hasKeys(): boolean {
    return this.#keyboard !== undefined;
  }

  open(): void {
    process.on('exit', this.#release);
    process.on('uncaughtExceptionMonitor', this.#release);
    process.on('SIGQUIT', this.#onQuit);
    process.on('SIGTSTP', this.#onStop);
    process.on('SIGCONT', this.#onContinue);
    this.#endResize = this.screen.onResize(() => this.#listener.onRedraw());
    this.#take();
  }

  /** Goes to the background, as Ctrl-Z asks for; comes back when the shell says so. */
  suspend(): void {
    this.#giveBack();
    process.removeListener('SIGTSTP', this.#onStop);
    // To all of the job, as the terminal would: a wrapper that waits for us must stop as well.
    process.kill(0, 'SIGTSTP');
    this.#resuming = setTimeout(() => {
      process.on('SIGTSTP', this.#onStop);
      if (!this.screen.isEntered) this.#take();
    }, RESUME_MS);
  }

  close(): void {
    clearTimeout(this.#resuming);
    process.removeListener('exit', this.#release);
    process.removeListener('uncaughtExceptionMonitor', this.#release);
    process.removeListener('SIGQUIT', this.#onQuit);
    process.removeListener('SIGTSTP', this.#onStop);
    process.removeListener('SIGCONT', this.#onContinue);
    this.#endResize();
    this.#giveBack();
  }

  #take(): void {
    this.#keyboard?.open();
    this.screen.enter();
    this.#listener.onRedraw();
  }

  #giveBack(): void {
    this.screen.leave();
    this.#keyboard?.close();
  }
}
