import { isatty } from 'node:tty';

const STDIN = 0;

/** Reads single keys while it is open. */
export interface Keyboard {
  /** Enters raw mode. Safe to call again, which restores raw mode if it was changed. */
  open(): void;
  /** Leaves raw mode. Idempotent. */
  close(): void;
}

/** The keyboard, undefined if stdin is not a terminal; `onText` is called with typed text. */
export function keyboardOf(onText: (text: string) => void): Keyboard | undefined {
  if (!isatty(STDIN)) return undefined;
  const { stdin } = process;
  const onData = (bytes: Buffer) => onText(bytes.toString('latin1'));
  // A signal reports that the terminal is gone.
  const onError = () => {};
  let isOpen = false;
  return {
    open: () => {
      stdin.setRawMode(true);
      if (isOpen) return;
      isOpen = true;
      stdin.on('error', onError).on('data', onData).resume();
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      stdin.removeListener('data', onData).pause();
      try {
        stdin.setRawMode(false);
      } catch {
        // The terminal may be gone.
      }
    },
  };
}
