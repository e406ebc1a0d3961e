import { type Keyboard, keyboardOf } from './keyboard.ts';
import { TerminalScreen } from './screen.ts';

/** Receives what happens to a session. */
export interface SessionListener {
  /** Called with typed text. */
  onText(text: string): void;
  /** Called if the screen is empty or its size has changed. */
  onRedraw(): void;
}

/**
 * Time after which the program goes on if a stop signal had no effect, as without a job-control shell.
 */
const RESUME_MS = 100;

/**
 * Screen and keyboard, taken over together and restored however the program ends: by `close`, by an
 * uncaught error, by an exit. While the program is stopped (Ctrl-Z) they are restored too.
 */
export class TerminalSession {
  readonly screen: TerminalScreen;
  readonly #keyboard: Keyboard | undefined;
  readonly #listener: SessionListener;
  readonly #release = () => this.#restore();
  readonly #onStop = () => this.suspend();
  /** Ctrl-\ if the keyboard is not in raw mode: restores the terminal, then ends as usual. */
  readonly #onQuit = () => {
    this.#restore();
    process.removeListener('SIGQUIT', this.#onQuit);
    process.kill(process.pid, 'SIGQUIT');
    // As init of a container, the program survives signals that it does not handle.
    this.#resuming = setTimeout(() => {
      process.on('SIGQUIT', this.#onQuit);
      this.#takeOver();
    }, RESUME_MS);
  };
  /** Takes the terminal over again: other programs may have changed its modes meanwhile. */
  readonly #onContinue = () => this.#takeOver();
  #endResize = () => {};
  #resuming: NodeJS.Timeout | undefined;

  /** `write` writes a text to stdout. */
  constructor(listener: SessionListener, write: (text: string) => void) {
    this.screen = new TerminalScreen(write);
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
    this.#takeOver();
  }

  /** Stops the program, as Ctrl-Z does, until the shell continues it. */
  suspend(): void {
    this.#restore();
    process.removeListener('SIGTSTP', this.#onStop);
    // Stop the whole job, as the terminal would: a wrapper that waits for this program must stop too.
    process.kill(0, 'SIGTSTP');
    this.#resuming = setTimeout(() => {
      process.on('SIGTSTP', this.#onStop);
      if (!this.screen.isEntered) this.#takeOver();
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
    this.#restore();
  }

  #takeOver(): void {
    this.#keyboard?.open();
    this.screen.enter();
    this.#listener.onRedraw();
  }

  #restore(): void {
    this.screen.leave();
    this.#keyboard?.close();
  }
}
